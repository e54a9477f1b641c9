import type { AssetRecord, TileRecord } from '@vitrine/core';
import { type Asset, type AssetTile, type Rendition, wholeSeconds } from '@vitrine/schema';
import type { AssetUrls } from './asset-urls.ts';

const pending: Rendition = { state: 'pending' };

/** The public asset: the record plus what only an answer has. */
export function presentAsset(record: AssetRecord, urls: AssetUrls): Asset {
  const url = urls.file(record.id);
  switch (record.type) {
    case 'image':
      return { ...record, url, preview: pending };
    case 'video':
      return {
        ...record,
        url,
        preview: pending,
        duration: wholeSeconds(record.durationMs),
        thumbnailUrl: urls.thumbnail(record.id),
      };
    case 'audio':
      return {
        ...record,
        url,
        preview: pending,
        duration: wholeSeconds(record.durationMs),
        waveformUrl: null,
      };
    case 'document':
      return { ...record, url, preview: pending, thumbnailUrl: null };
    default:
      return record satisfies never;
  }
}

/** The public tile. */
export function presentTile({ version, sha256, ...record }: TileRecord, urls: AssetUrls): AssetTile {
  return { ...record, url: urls.file(record.id), preview: pending };
}
