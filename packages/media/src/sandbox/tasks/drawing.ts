import { readFile, stat } from 'node:fs/promises';
import { missingFact, Refusal } from '../../refusal.ts';
import type { SentPicture, TaskRequest } from '../protocol.ts';
import { sharp } from './confined-sharp.ts';
import { decodeXml } from './decode-xml.ts';
import { type Pixels, toPixels } from './pixels.ts';
import { decodedEdge, sendPictures } from './send-pictures.ts';

const largest = 20 * 1024 * 1024;
/** librsvg draws at 72 px to the inch unless told otherwise; the density is how libvips is asked for a larger drawing. */
const plainDensity = 72;
const densities = { least: 1, most: 100_000 };

/**
 * An SVG drawn at the sizes asked for: it has no pixels that could be enlarged. It is read from memory, where neither
 * files nor addresses can be reached from it; pictures within it (data: URLs) are drawn.
 */
export async function makeDrawing(request: TaskRequest<'drawing'>): Promise<SentPicture[]> {
  const { path, sizes } = request;
  if ((await stat(path)).size > largest) {
    throw new Refusal(
      'unreadable_media',
      'The SVG file is larger than 20 MB. Simplify it, or export it as PNG.',
    );
  }
  const svg = recognisable(decodeXml(await readFile(path)));
  try {
    return await sendPictures(await draw(svg, { request, edge: decodedEdge(sizes) }), { sizes });
  } catch (error) {
    throw missingFact('SVG', { fact: 'drawing', why: 'it is damaged or too complex', cause: error });
  }
}

async function draw(
  svg: Buffer,
  { request, edge }: { request: { width: number; height: number }; edge: number },
): Promise<Pixels> {
  const scale = edge / Math.max(request.width, request.height);
  const size = {
    width: Math.max(1, Math.round(request.width * scale)),
    height: Math.max(1, Math.round(request.height * scale)),
  };
  const density = await densityFor(svg, size);
  // Where librsvg's proportions differ from those browsers show, the drawing is centred in these.
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return toPixels(sharp(svg, { density }).resize({ ...size, fit: 'contain', background }));
}

/** The density at which the drawing has the size; a drawing in mm or pt grows with its square, one in px with itself. */
async function densityFor(svg: Buffer, size: { width: number; height: number }): Promise<number> {
  const unlimited = { limitInputPixels: false } as const;
  const plain = await sharp(svg, unlimited).metadata();
  const scale = Math.min(size.width / plain.width, size.height / plain.height);
  const probe = await sharp(svg, { ...unlimited, density: 2 * plainDensity }).metadata();
  const isPhysical = probe.width > 3 * plain.width || probe.height > 3 * plain.height;
  const density = plainDensity * (isPhysical ? Math.sqrt(scale) : scale);
  return Math.min(densities.most, Math.max(densities.least, density));
}

/**
 * libvips takes for SVG only what says `<svg` within its first 1,000 bytes; long comments and document types stand before
 * that in honest files, and some roots have a prefix.
 */
function recognisable(xml: string): Buffer {
  const body = xml.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>)?/, '');
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><!-- <svg -->${body}`);
}
