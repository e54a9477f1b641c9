import type { RenditionOverview, RenditionRow } from '@vitrine/core';
import type { AssetRenditions } from '@vitrine/schema';
import type { AssetUrls } from './asset-urls.ts';

type Rendition = AssetRenditions['items'][number]['rendition'];

function presentRow(made: RenditionOverview, row: RenditionRow | null, urls: AssetUrls): Rendition {
  if (!row) return { state: 'pending' };
  switch (row.state) {
    case 'ready': {
      const { mimeType, size, width, height } = row;
      const url = urls.rendition({ id: made.assetId, version: made.version }, row);
      return { state: 'ready', url, mimeType, size, width, height };
    }
    case 'failed':
      return { state: 'failed', reason: row.reason };
    default:
      return row satisfies never;
  }
}

/** How far each preset is, with an address where it is ready. */
export function presentRenditions(made: RenditionOverview, urls: AssetUrls): AssetRenditions {
  return {
    id: made.assetId,
    version: made.version,
    posterMs: made.posterMs,
    items: made.items.map(({ preset, row }) => ({ preset, rendition: presentRow(made, row, urls) })),
  };
}
