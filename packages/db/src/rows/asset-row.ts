import { type AssetRecord, type TileRecord, toTimestamp } from '@vitrine/core';
import {
  type AssetId,
  type AudioRole,
  type CampaignId,
  type ClientId,
  type FactsOf,
  type Role,
  roles as roleOrder,
  type Sha256,
  type UserId,
  type VisualRole,
} from '@vitrine/schema';

type Base = readonly [
  id: AssetId,
  userId: UserId,
  clientId: ClientId,
  campaignId: CampaignId | null,
  name: string,
  size: number,
  uploadedAt: number,
  updatedAt: number,
  mimeType: string,
  sha256: Sha256,
  version: number,
  rowVersion: number,
  tags: readonly string[],
];
type Variant<T extends 'image' | 'video' | 'audio' | 'document', R extends Role> = readonly [
  type: T,
  format: FactsOf<T>['format'],
  width: FactsOf<T> extends { width: infer W } ? W : null,
  height: FactsOf<T> extends { height: infer H } ? H : null,
  durationMs: FactsOf<T> extends { durationMs: infer D } ? D : null,
  pageCount: FactsOf<T> extends { pageCount: infer P } ? P : null,
  roles: R[],
  ...Base,
];

/**
 * An asset as the list statement gives it: a JSON array in this order (see asset-columns.ts). The CHECK constraints
 * guarantee what the variants promise, so a row is not validated again on each read.
 */
export type AssetRow =
  | Variant<'image', VisualRole>
  | Variant<'video', VisualRole>
  | Variant<'audio', AudioRole>
  | Variant<'document', never>;

function inOrder<R extends Role>(roles: R[]): R[] {
  return roles.length > 1 ? roles.sort((a, b) => roleOrder.indexOf(a) - roleOrder.indexOf(b)) : roles;
}

function baseOf(row: AssetRow) {
  return {
    id: row[7],
    userId: row[8],
    clientId: row[9],
    campaignId: row[10],
    name: row[11],
    size: row[12],
    uploadedAt: toTimestamp(row[13]),
    updatedAt: toTimestamp(row[14]),
    mimeType: row[15],
    sha256: row[16],
    version: row[17],
    rowVersion: row[18],
    tags: row[6].length > 0 ? [...row[6], ...row[19]] : [...row[19]],
  };
}

export function toAssetRecord(row: AssetRow): AssetRecord {
  inOrder<Role>(row[6]);
  const base = baseOf(row);
  switch (row[0]) {
    case 'image':
      return { type: row[0], format: row[1], ...base, width: row[2], height: row[3], roles: row[6] };
    case 'video':
      return {
        type: row[0],
        format: row[1],
        ...base,
        width: row[2],
        height: row[3],
        durationMs: row[4],
        roles: row[6],
      };
    case 'audio':
      return { type: row[0], format: row[1], ...base, durationMs: row[4], roles: row[6] };
    case 'document':
      return { type: row[0], format: row[1], ...base, pageCount: row[5], roles: row[6] };
    default:
      return row satisfies never;
  }
}

/** A tile as the list statement gives it. */
export type TileRow = readonly [
  id: TileRecord['id'],
  type: TileRecord['type'],
  format: string,
  name: string,
  clientId: ClientId,
  campaignId: CampaignId | null,
  size: number,
  uploadedAt: number,
  width: number | null,
  height: number | null,
  durationMs: number | null,
  pageCount: number | null,
];

export function toTileRecord(row: TileRow): Omit<TileRecord, 'durationMs'> & { durationMs: number | null } {
  return {
    id: row[0],
    type: row[1],
    format: row[2],
    name: row[3],
    clientId: row[4],
    campaignId: row[5],
    size: row[6],
    uploadedAt: toTimestamp(row[7]),
    width: row[8],
    height: row[9],
    durationMs: row[10],
    pageCount: row[11],
  };
}
