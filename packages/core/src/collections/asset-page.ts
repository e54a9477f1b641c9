import { type AssetId, type collectionAssetsInputSchema, encodeCursor, type Page } from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import type { Readers } from '../ports/database.ts';
import { findNewest } from '../search/find-newest.ts';
import { seenCollection } from './seen-collection.ts';

type Input = z.output<typeof collectionAssetsInputSchema>;

/** A page of what somebody sees of a collection; `rows` reads assets in the order of their ids. */
export async function assetPage<T>(
  readers: Readers,
  actor: Actor,
  { id, cursor: after, limit }: Input,
  rows: (ids: readonly AssetId[]) => Promise<T[]>,
): Promise<Page<T>> {
  const { collection, visibility } = await seenCollection(readers, { actor, action: 'collection.read', id });
  switch (collection.kind) {
    case 'query': {
      const { query, clientId } = collection;
      const { items, nextCursor } = await findNewest(readers, actor, { query, clientId, after, limit });
      return { items: await rows(items), nextCursor, total: null };
    }
    case 'list': {
      const page = { id, visibility, limit: limit + 1, ...(after && { after }) };
      const found = await readers.collections.positions(page);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: await rows(items.map((item) => item.id)),
        nextCursor: found.length > limit && last ? encodeCursor(last) : null,
        total: collection.assetCount,
      };
    }
    default:
      return collection satisfies never;
  }
}
