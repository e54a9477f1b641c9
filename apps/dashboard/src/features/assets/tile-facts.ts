import type { AssetTile } from '@vitrine/schema';
import { countOf } from '../../lib/count-of.ts';
import { formatBytes } from '../../lib/format-bytes.ts';
import { formatDuration } from '../../lib/format-duration.ts';
import { kindNames } from './kind-names.ts';

/** The one fact that tells assets of a kind apart at a glance, or null where the kind has none. */
export function tileFact(tile: AssetTile): string | null {
  switch (tile.type) {
    case 'image':
      return tile.width && tile.height ? `${tile.width} × ${tile.height}` : null;
    case 'video':
    case 'audio':
      return tile.durationMs ? formatDuration(tile.durationMs) : null;
    case 'document':
      return tile.pageCount ? countOf(tile.pageCount, 'page') : null;
    default:
      return tile.type satisfies never;
  }
}

/** The line under a tile's name: `JPG · 482 KB`. */
export function tileCaption(tile: AssetTile): string {
  return `${tile.format.toUpperCase()} · ${formatBytes(tile.size)}`;
}

/** What a screen reader adds to a tile's name and caption: `video, 0:12`, and why there is no picture of it. */
export function tileDetails(tile: AssetTile): string {
  const fact = tileFact(tile);
  const { preview } = tile;
  return [
    kindNames[tile.type].one,
    ...(fact ? [fact] : []),
    ...(preview.state === 'failed' ? [`no preview: ${preview.reason}`] : []),
  ].join(', ');
}

// Pictures far from the tile's shape would lose what they show when cut to fill it.
const widest = 2.2;
const tallest = 0.5;

/** How a picture stands in its tile: filling it, shown whole, or as a sheet of paper. */
export function tileFit(tile: AssetTile): 'cover' | 'contain' | 'page' {
  if (tile.type === 'document') return 'page';
  if (tile.type === 'audio') return 'cover';
  if (tile.format === 'svg' || !tile.width || !tile.height) return 'contain';
  const ratio = tile.width / tile.height;
  return ratio > widest || ratio < tallest ? 'contain' : 'cover';
}
