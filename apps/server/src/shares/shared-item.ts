import type { TileRecord } from '@vitrine/core';
import type { AssetType, Preset, Share, SharedItem } from '@vitrine/schema';

/** What a link gives. */
export type Terms = Pick<Share, 'quality' | 'downloads'>;

/** The largest picture of an asset that is shown whole; null for sounds. */
export function largePictureOf(type: AssetType): Preset | null {
  switch (type) {
    case 'image':
      return 'preview';
    case 'video':
      return 'poster';
    case 'document':
      return 'cover';
    case 'audio':
      return null;
    default:
      return type satisfies never;
  }
}

/** What can only be played or leafed through as it is; a picture of anything else is enough to look at. */
const isPlayed = ({ type, format }: Pick<TileRecord, 'type' | 'format'>) =>
  type === 'video' || type === 'audio' || format === 'pdf';

/** Whether the original is given, to be looked at or to be saved. */
export function givesOriginal(
  { quality, downloads }: Terms,
  tile: Pick<TileRecord, 'type' | 'format'>,
): boolean {
  return quality === 'originals' && (downloads || isPlayed(tile));
}

/** An asset as a share page shows it; nothing of it says how the client's library is arranged. */
export function sharedItem(tile: TileRecord, terms: Terms, base: string): SharedItem {
  const { id, type, format, name, size, width, height, durationMs, pageCount, preview } = tile;
  const at = `${base}/assets/${id}`;
  const large = largePictureOf(type);
  const previewUrl = large && `${at}/thumbnail?size=${large}`;
  const dataUrl = givesOriginal(terms, tile) ? `${at}/data` : null;
  const saved =
    terms.quality === 'originals' ? `${at}/data?download` : previewUrl && `${previewUrl}&download`;
  return {
    ...{ id, type, format, name, size, width, height, durationMs, pageCount },
    thumbhash: preview.state === 'ready' ? preview.thumbhash : null,
    thumbnailUrl: `${at}/thumbnail?size=thumb`,
    previewUrl,
    waveformUrl: type === 'audio' ? `${at}/waveform` : null,
    dataUrl,
    downloadUrl: terms.downloads ? saved : null,
  };
}
