import type { ByteSource } from '../../byte-source.ts';
import { truncated } from '../../refusal.ts';
import type { RasterFormat } from '../protocol.ts';

/**
 * Refuses a picture whose parts do not reach their end mark. It finds what decoding the first frame does not: later
 * frames of an animation, and pictures too large to decode. What follows the end mark is no part of the picture.
 */
export async function refuseCutRaster(source: ByteSource, format: RasterFormat): Promise<void> {
  switch (format) {
    case 'png':
      return refuseCutPng(source);
    case 'gif':
      return refuseCutGif(source);
    case 'webp':
      return refuseCutWebp(source);
    case 'jpeg':
      return refuseCutJpeg(source);
    default:
      return format satisfies never;
  }
}

async function refuseCutPng(source: ByteSource): Promise<void> {
  let offset = 8;
  while (offset < source.size) {
    const head = await source.read(offset, 8);
    if (head.length < 8) break;
    const end = offset + 12 + head.readUInt32BE(0);
    if (end > source.size) break;
    if (head.toString('latin1', 4, 8) === 'IEND') return;
    offset = end;
  }
  throw truncated('PNG', 'its pixels end early');
}

/**
 * Walks the marker segments and, within the scans, from one marker to the next up to the end mark. Decoders make up what
 * a cut file lacks, and one that shrinks while it reads may not look at the last rows.
 */
async function refuseCutJpeg(source: ByteSource): Promise<void> {
  let offset = 2;
  while (offset < source.size) {
    const bytes = await source.read(offset, jpegWindow);
    const at = bytes.indexOf(0xff);
    const marker = bytes[at + 1];
    if (at < 0 || marker === undefined) {
      // Nothing but coded data; a mark at the window's very end is looked at again.
      if (bytes.length < jpegWindow) break;
      offset += at < 0 ? bytes.length : at;
      continue;
    }
    offset += at;
    if (marker === 0xd9) return;
    if (marker === 0xff) offset += 1;
    else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) offset += 2;
    else offset += 2 + (await source.exact(offset + 2, 2)).readUInt16BE(0);
  }
  throw truncated('JPEG', 'its pixels end early');
}

/** Bytes that are searched for the next mark at once. */
const jpegWindow = 4096;

async function refuseCutWebp(source: ByteSource): Promise<void> {
  const size = (await source.exact(4, 4)).readUInt32LE(0) + 8;
  if (size > source.size) {
    throw truncated('WEBP', `it has ${source.size} bytes and its header says ${size}`);
  }
}

async function refuseCutGif(source: ByteSource): Promise<void> {
  const early = () => truncated('GIF', 'its pixels end early');
  const screen = await source.read(10, 1);
  let offset = 13 + colourTableLength(screen[0] ?? 0);
  while (offset < source.size) {
    const head = await source.read(offset, 10);
    switch (head[0]) {
      case 0x3b: // the trailer
        return;
      case 0x21: // an extension: its label, then blocks
        offset = await skipBlocks(source, offset + 2);
        break;
      case 0x2c: // an image: nine bytes, its colours, the code size, then blocks
        if (head.length < 10) throw early();
        offset = await skipBlocks(source, offset + 10 + colourTableLength(head[9] ?? 0) + 1);
        break;
      case 0x00: // padding that some encoders leave between blocks
        offset++;
        break;
      default:
        throw early();
    }
  }
  throw early();
}

function colourTableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

async function skipBlocks(source: ByteSource, start: number): Promise<number> {
  let offset = start;
  for (;;) {
    const [length] = await source.read(offset, 1);
    if (length === undefined) throw truncated('GIF', 'its pixels end early');
    offset += length + 1;
    if (length === 0) return offset;
  }
}
