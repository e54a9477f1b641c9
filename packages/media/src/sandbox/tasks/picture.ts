import { Refusal } from '../../refusal.ts';
import type { SentPicture, TaskRequest } from '../protocol.ts';
import { sharp } from './confined-sharp.ts';
import { isBlank, type Pixels, toPixels } from './pixels.ts';
import { rasterRefusal } from './raster-refusal.ts';
import { readRights } from './rights/read-rights.ts';
import { decodedEdge, sendPictures } from './send-pictures.ts';

const mostPixels = 0x3fff * 0x3fff;

/**
 * 'error' and not 'warning': what stands in a picture's stream against the letter of its format, and shows all the same,
 * was taken when the file came in; a picture that browsers show gets its thumbnail.
 */
const options = {
  failOn: 'error',
  limitInputPixels: mostPixels,
  sequentialRead: true,
  unlimited: true,
} as const;

/** The still of a raster picture as displayed (orientation applied, sRGB, never enlarged), in the sizes asked for. */
export async function makePictures({ path, sizes }: TaskRequest<'picture'>): Promise<SentPicture[]> {
  try {
    const metadata = await sharp(path, { ...options, limitInputPixels: false }).metadata();
    if (metadata.width * metadata.height > mostPixels) throw tooManyPixels(metadata);
    const pixels = await decodeStill(path, { edge: decodedEdge(sizes), frames: metadata.pages ?? 1 });
    return await sendPictures(pixels, { sizes, rights: readRights(metadata) });
  } catch (error) {
    throw error instanceof Refusal ? error : rasterRefusal('picture', error);
  }
}

/** The first frame that shows something. Animations often begin with an empty one; the search is short. */
async function decodeStill(
  path: string,
  { edge, frames }: { edge: number; frames: number },
): Promise<Pixels> {
  const first = await decodeFrame(path, { edge, page: 0 });
  if (frames === 1 || !isBlank(first)) return first;
  for (let page = 1; page < frames; page *= 2) {
    const frame = await decodeFrame(path, { edge, page });
    if (!isBlank(frame)) return frame;
  }
  return first;
}

async function decodeFrame(path: string, { edge, page }: { edge: number; page: number }): Promise<Pixels> {
  // With an embedded colour profile the pixels are converted to sRGB, without one CMYK is taken for common ink.
  const fitted = sharp(path, { ...options, page })
    .autoOrient()
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true });
  return toPixels(fitted);
}

function tooManyPixels({ width, height }: { width: number; height: number }): Refusal {
  return new Refusal(
    'unreadable_media',
    `The picture has ${width} × ${height} px, too many to make smaller ones of. Export it with at most 268 million.`,
  );
}
