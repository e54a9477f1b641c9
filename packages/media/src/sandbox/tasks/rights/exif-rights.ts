import type { Rights } from './rights.ts';

const artist = 0x013b;
const copyright = 0x8298;
const ascii = 2;
const mostEntries = 1000;

/** Artist and Copyright of EXIF's first directory. Damaged metadata have none. */
export function exifRights(exif: Buffer): Rights {
  const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  if (tiff.length < 8) return {};
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = u32(4);
  if (directory + 2 > tiff.length) return {};
  const texts = new Map<number, string>();
  const entries = Math.min(u16(directory), mostEntries);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.length) break;
    const tag = u16(at);
    if ((tag !== artist && tag !== copyright) || u16(at + 2) !== ascii) continue;
    const length = u32(at + 4);
    const start = length <= 4 ? at + 8 : u32(at + 8);
    if (start + length <= tiff.length) texts.set(tag, text(tiff.subarray(start, start + length)));
  }
  return { creator: texts.get(artist), copyright: texts.get(copyright) };
}

/** Up to the end of the photographer's part; the editor's follows behind a NUL. */
function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
