import type { Asset } from '@vitrine/schema';
import { formatBytes } from '../../lib/format-bytes.ts';
import { formatDuration } from '../../lib/format-duration.ts';
import { formatMoment } from '../../lib/format-moment.ts';

/** One line of the facts: what it is called, and how it reads. */
export type Fact = readonly [label: string, value: string];

function kindFacts(asset: Asset): Fact[] {
  switch (asset.type) {
    case 'image':
      return [['Dimensions', `${asset.width} × ${asset.height} px`]];
    case 'video':
      return [
        ['Dimensions', `${asset.width} × ${asset.height} px`],
        ['Duration', formatDuration(asset.durationMs)],
      ];
    case 'audio':
      return [['Duration', formatDuration(asset.durationMs)]];
    case 'document':
      return asset.pageCount === null ? [] : [['Pages', String(asset.pageCount)]];
    default:
      return asset satisfies never;
  }
}

/** What is known about an asset, in the order it is read. */
export function assetFacts(asset: Asset): Fact[] {
  return [
    ['Format', asset.format.toUpperCase()],
    ...kindFacts(asset),
    ['Size', formatBytes(asset.size)],
    ['MIME type', asset.mimeType],
    ['Uploaded', formatMoment(asset.uploadedAt)],
    ...(asset.version > 1 ? ([['Version', String(asset.version)]] as const) : []),
  ];
}
