import type { AssetRecord, TileRecord } from '@vitrine/core';
import { type Asset, type AssetTile, type Rendition, wholeSeconds } from '@vitrine/schema';
import type { AssetUrls } from './asset-urls.ts';

type Previewed = Pick<TileRecord, 'id' | 'version' | 'preview'>;

/** The address of the thumb: bound to its bytes once they are made. */
function thumbnailUrl(record: Previewed, urls: AssetUrls): string {
  const sha256 = record.preview.state === 'ready' ? record.preview.sha256 : null;
  return urls.rendition(record, { preset: 'thumb', sha256 });
}

function presentPreview(record: Previewed, urls: AssetUrls): Rendition {
  const { preview } = record;
  switch (preview.state) {
    case 'pending':
      return { state: 'pending' };
    case 'ready': {
      const { width, height, thumbhash } = preview;
      return { state: 'ready', url: thumbnailUrl(record, urls), width, height, thumbhash };
    }
    case 'failed':
      return { state: 'failed', reason: preview.reason };
    default:
      return preview satisfies never;
  }
}

/** The public asset: the record plus what only an answer has. */
export function presentAsset(record: AssetRecord, urls: AssetUrls): Asset {
  const url = urls.original(record);
  const preview = presentPreview(record, urls);
  switch (record.type) {
    case 'image':
      return { ...record, url, preview };
    case 'video':
      return {
        ...record,
        url,
        preview,
        duration: wholeSeconds(record.durationMs),
        thumbnailUrl: thumbnailUrl(record, urls),
      };
    case 'audio':
      return {
        ...record,
        url,
        preview,
        duration: wholeSeconds(record.durationMs),
        // The thumb is drawn from the peaks, so where it is ready they are.
        waveformUrl:
          preview.state === 'ready' ? urls.rendition(record, { preset: 'waveform', sha256: null }) : null,
      };
    case 'document':
      return {
        ...record,
        url,
        preview,
        thumbnailUrl: preview.state === 'ready' ? preview.url : null,
      };
    default:
      return record satisfies never;
  }
}

/** The public tile. */
export function presentTile(record: TileRecord, urls: AssetUrls): AssetTile {
  const { version: _version, sha256: _sha256, priority: _priority, ...tile } = record;
  return { ...tile, url: urls.original(record), preview: presentPreview(record, urls) };
}
