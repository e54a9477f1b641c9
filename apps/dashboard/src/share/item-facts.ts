import type { SharedItem } from '@vitrine/schema';
import { countOf } from '../lib/count-of.ts';
import { formatBytes } from '../lib/format-bytes.ts';
import { formatDuration } from '../lib/format-duration.ts';

function factOf({ type, width, height, durationMs, pageCount }: SharedItem): string | null {
  switch (type) {
    case 'image':
      return width && height ? `${width} × ${height}` : null;
    case 'video':
    case 'audio':
      return durationMs ? formatDuration(durationMs) : null;
    case 'document':
      return pageCount ? countOf(pageCount, 'page') : null;
    default:
      return type satisfies never;
  }
}

/** The line under a name: `JPG · 482 KB · 640 × 480`. */
export function itemCaption(item: SharedItem): string {
  const fact = factOf(item);
  return [item.format.toUpperCase(), formatBytes(item.size), ...(fact ? [fact] : [])].join(' · ');
}
