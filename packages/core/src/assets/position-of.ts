import { type AssetPosition, type AssetSort, fold, noPriority } from '@vitrine/schema';
import type { TileRecord } from './asset-record.ts';

export type SortedAsset = Pick<TileRecord, 'id' | 'uploadedAt' | 'name' | 'size' | 'priority'>;

/** Where an asset stands in a list that is sorted so. */
export function positionOf(asset: SortedAsset, sort: AssetSort = 'newest'): AssetPosition {
  const base = { at: Date.parse(asset.uploadedAt), id: asset.id };
  switch (sort) {
    case 'newest':
      return base;
    case 'oldest':
      return { ...base, sort };
    case 'name':
      return { ...base, sort, key: fold(asset.name) };
    case 'size':
      return { ...base, sort, key: asset.size };
    case 'priority':
      return { ...base, sort, key: asset.priority ?? noPriority };
    default:
      return sort satisfies never;
  }
}
