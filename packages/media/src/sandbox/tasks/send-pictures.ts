import type { PictureSize, SentPicture } from '../protocol.ts';
import { sharp } from './confined-sharp.ts';
import { pictureThumbhash } from './picture-thumbhash.ts';
import { type Pixels, toPixels } from './pixels.ts';
import type { Rights } from './rights/rights.ts';
import { rightsXmp } from './rights/rights-xmp.ts';

/** Pixels on the longer edge. */
const longestEdges: Readonly<Record<PictureSize, number>> = { thumb: 320, large: 1280 };

/** The edge that a picture has to be decoded at so that all its sizes can be made of it. */
export function decodedEdge(sizes: readonly PictureSize[]): number {
  return Math.max(...sizes.map((size) => longestEdges[size]));
}

/**
 * The sizes of a picture, each encoded from the pixels that were decoded once. Written from bare pixels, they carry
 * nothing of what the file held besides (place, device, serial numbers, an embedded thumbnail) except the rights.
 */
export async function sendPictures(
  pixels: Pixels,
  { sizes, rights }: { sizes: readonly PictureSize[]; rights?: Rights | null },
): Promise<SentPicture[]> {
  const sent: SentPicture[] = [];
  for (const size of sizes) {
    const fitted = await within(pixels, longestEdges[size]);
    const { width, height, channels } = fitted;
    // Effort 1 takes a third of what the default does, for 8 % more bytes.
    let encoder = sharp(fitted.data, { raw: { width, height, channels } }).webp({ quality: 78, effort: 1 });
    if (rights) encoder = encoder.withXmp(rightsXmp(rights));
    const webp = (await encoder.toBuffer()).toString('base64');
    sent.push({ webp, width, height, thumbhash: size === 'thumb' ? pictureThumbhash(fitted) : null });
  }
  return sent;
}

async function within(pixels: Pixels, edge: number): Promise<Pixels> {
  const { data, width, height, channels } = pixels;
  if (Math.max(width, height) <= edge) return pixels;
  return toPixels(sharp(data, { raw: { width, height, channels } }).resize(edge, edge, { fit: 'inside' }));
}
