import type { ByteSource } from '../byte-source.ts';
import { unsupported } from '../refusal.ts';
import { readIsoBox } from './iso-box.ts';

export type IsoFamily = 'quicktime' | 'mp4';

/** Brands whose files every MP4 reader takes; 3GP and F4V files qualify when they list one of them as compatible. */
const mp4Brand =
  /^(isom|iso[2-9a-c]|mp4[12v]|avc1|M4[AVBP] |M4V[HP]|mmp4|MSNV|dash|cmf[c2]|msdh|hlsf|f4v |NDS[CHMPSXB]|hvc1|av01)$/;

const foreignBrands: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^(avif|avis)$/, 'an AVIF picture'],
  [/^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/, 'an HEIC picture'],
  [/^crx $/, 'a Canon CR3 raw picture'],
  [/^(jp2 |jpx |jpm |mjp2)$/, 'a JPEG 2000 picture'],
  [/^(3g[epsrt]|3g2)/, 'a 3GP file'],
  [/^(aax |aaxc)$/, 'an Audible audiobook'],
];

/** Which family the 'ftyp' box declares; a QuickTime file may have none. Fails with `unsupported_format` for others. */
export async function readIsoFamily(source: ByteSource): Promise<IsoFamily> {
  const box = await readIsoBox(source, 0, source.size);
  if (box?.type !== 'ftyp') return 'quicktime';
  const length = Math.min(box.end, source.size) - box.body;
  const bytes = await source.read(box.body, Math.min(length, 1024));
  const major = bytes.toString('latin1', 0, 4);
  if (major === 'qt  ') return 'quicktime';
  const compatible = Array.from({ length: Math.max(0, Math.floor(bytes.length / 4) - 2) }, (_, index) =>
    bytes.toString('latin1', 8 + index * 4, 12 + index * 4),
  );
  const still = foreignBrands.slice(0, 4).find(([pattern]) => pattern.test(major));
  if (still) throw unsupported(still[1], 'Save it as JPG, PNG or WEBP.');
  if ([major, ...compatible].some((brand) => mp4Brand.test(brand))) return 'mp4';
  const named = foreignBrands.find(([pattern]) =>
    [major, ...compatible].some((brand) => pattern.test(brand)),
  );
  throw unsupported(
    named?.[1] ?? `an ISO media file of the brand '${printable(major)}'`,
    'Export it as MP4.',
  );
}

function printable(brand: string): string {
  return brand.replace(/[^\x20-\x7e]/g, '?').trim();
}
