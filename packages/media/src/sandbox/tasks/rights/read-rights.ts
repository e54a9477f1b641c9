import { exifRights } from './exif-rights.ts';
import { iptcRights } from './iptc-rights.ts';
import type { Rights } from './rights.ts';
import { xmpRights } from './xmp-rights.ts';

const longest = 500;

/** The rights in a file's metadata, XMP before IPTC before EXIF, as each is older than the one before; null without any. */
export function readRights(metadata: {
  readonly exif?: Buffer | undefined;
  readonly iptc?: Buffer | undefined;
  readonly xmp?: Buffer | undefined;
}): Rights | null {
  const sources: Rights[] = [];
  if (metadata.xmp) sources.push(xmpRights(metadata.xmp));
  if (metadata.iptc) sources.push(iptcRights(metadata.iptc));
  if (metadata.exif) sources.push(exifRights(metadata.exif));
  const first = (name: keyof Rights) =>
    sources.map((rights) => tidy(rights[name] ?? '')).find((text) => text !== '');
  const rights = { creator: first('creator'), copyright: first('copyright'), credit: first('credit') };
  return rights.creator || rights.copyright || rights.credit ? rights : null;
}

/** One line without control characters, which XML cannot hold. */
function tidy(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u{fffe}\u{ffff}]+/gu, ' ')
    .trim()
    .slice(0, longest);
}
