import type { AssetRecord, PreviewRecord, TileRecord } from '@vitrine/core';
import {
  type AssetId,
  type CampaignId,
  type ClientId,
  type FactsOf,
  type Role,
  roleTable,
  type Sha256,
  type UserId,
} from '@vitrine/schema';
import { unitSeparator } from '../dialect.ts';
import { toTimestamp } from './to-timestamp.ts';

/** The columns of the `thumb`; all null when it is pending. */
type PreviewColumns = readonly [
  state: 'ready' | 'failed' | null,
  sha256: Sha256 | null,
  width: number | null,
  height: number | null,
  thumbhash: string | null,
  reason: string | null,
];

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
  tags: string | null,
  priority: number | null,
  path: string | null,
  ...preview: PreviewColumns,
];
type Variant<T extends 'image' | 'video' | 'audio' | 'document'> = readonly [
  type: T,
  format: FactsOf<T>['format'],
  width: FactsOf<T> extends { width: infer W } ? W : null,
  height: FactsOf<T> extends { height: infer H } ? H : null,
  durationMs: FactsOf<T> extends { durationMs: infer D } ? D : null,
  pageCount: FactsOf<T> extends { pageCount: infer P } ? P : null,
  roles: string | null,
  ...Base,
];

/**
 * An asset as the list statement gives it: a JSON array in this order (see asset-columns.ts). The CHECK constraints
 * guarantee what the variants promise, so a row is not validated again on each read.
 */
export type AssetRow = Variant<'image'> | Variant<'video'> | Variant<'audio'> | Variant<'document'>;

const split = (joined: string | null) => (joined === null ? [] : joined.split(unitSeparator));

/** Of a kind's roles those that the asset has, in the order of the table. */
function rolesIn<R extends Role>(all: readonly R[], joined: string | null): R[] {
  if (joined === null) return [];
  const names = split(joined);
  return all.filter((role) => names.includes(role));
}

/** Names of one client's tags differ without regard to case, so the order has no ties. */
function tagsIn(joined: string | null): string[] {
  const names = split(joined);
  return names.length > 1 ? names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)) : names;
}

/** The constraints of `renditions` promise that a ready one has everything but a reason, and a failed one nothing else. */
function toPreview(...[state, sha256, width, height, thumbhash, reason]: PreviewColumns): PreviewRecord {
  if (state === 'failed') return { state, reason: reason ?? 'It cannot be shown.' };
  if (sha256 === null || width === null || height === null || thumbhash === null) return { state: 'pending' };
  return { state: 'ready', sha256, width, height, thumbhash };
}

function baseOf(row: AssetRow, roles: readonly Role[]) {
  const uploadedAt = toTimestamp(row[13]);
  const tags = tagsIn(row[19]);
  return {
    id: row[7],
    userId: row[8],
    clientId: row[9],
    campaignId: row[10],
    name: row[11],
    size: row[12],
    uploadedAt,
    updatedAt: row[14] === row[13] ? uploadedAt : toTimestamp(row[14]),
    mimeType: row[15],
    sha256: row[16],
    version: row[17],
    rowVersion: row[18],
    tags: roles.length > 0 ? [...roles, ...tags] : tags,
    priority: row[20],
    path: row[21],
    preview: toPreview(row[22], row[23], row[24], row[25], row[26], row[27]),
  };
}

export function toAssetRecord(row: AssetRow): AssetRecord {
  const [type] = row;
  switch (type) {
    case 'image': {
      const roles = rolesIn(roleTable.image, row[6]);
      return { type, format: row[1], ...baseOf(row, roles), width: row[2], height: row[3], roles };
    }
    case 'video': {
      const roles = rolesIn(roleTable.video, row[6]);
      return {
        type,
        format: row[1],
        ...baseOf(row, roles),
        width: row[2],
        height: row[3],
        durationMs: row[4],
        roles,
      };
    }
    case 'audio': {
      const roles = rolesIn(roleTable.audio, row[6]);
      return { type, format: row[1], ...baseOf(row, roles), durationMs: row[4], roles };
    }
    case 'document':
      return { type, format: row[1], ...baseOf(row, []), pageCount: row[5], roles: [] };
    default:
      return type satisfies never;
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
  version: number,
  sha256: Sha256,
  priority: number | null,
  ...preview: PreviewColumns,
];

export function toTileRecord(row: TileRow): TileRecord {
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
    version: row[12],
    sha256: row[13],
    priority: row[14],
    preview: toPreview(row[15], row[16], row[17], row[18], row[19], row[20]),
  };
}
