import { toTimestamp } from '@vitrine/core';
import type { ClientId, Collection, CollectionId } from '@vitrine/schema';

interface CollectionRow {
  readonly id: CollectionId;
  readonly clientId: ClientId;
  readonly name: string;
  readonly kind: Collection['kind'];
  readonly query: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly rowVersion: number;
  readonly assetCount: number;
}

export function toCollection({
  kind,
  query,
  assetCount,
  createdAt,
  updatedAt,
  ...row
}: CollectionRow): Collection {
  const base = { ...row, createdAt: toTimestamp(createdAt), updatedAt: toTimestamp(updatedAt) };
  switch (kind) {
    case 'list':
      return { kind, ...base, assetCount };
    case 'query':
      return { kind, ...base, query: query ?? '' };
    default:
      return kind satisfies never;
  }
}
