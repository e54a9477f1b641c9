import { exifRights } from './exif-rights.ts';
import { iptcRights } from './iptc-rights.ts';
import { xmpRights } from './xmp-rights.ts';

/** Whose a picture is: what has to stay with it in every size. */
export interface Rights {
  readonly creator?: string | undefined;
  readonly copyright?: string | undefined;
  readonly credit?: string | undefined;
}

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

/** An XMP packet of the rights and nothing else. */
export function rightsXmp({ creator, copyright, credit }: Rights): string {
  const list = (kind: string, item: string) => `<rdf:${kind}>${item}</rdf:${kind}>`;
  return [
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">',
    creator ? `<dc:creator>${list('Seq', `<rdf:li>${escapeXml(creator)}</rdf:li>`)}</dc:creator>` : '',
    copyright
      ? `<dc:rights>${list('Alt', `<rdf:li xml:lang="x-default">${escapeXml(copyright)}</rdf:li>`)}</dc:rights>`
      : '',
    credit ? `<photoshop:Credit>${escapeXml(credit)}</photoshop:Credit>` : '',
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
  ].join('');
}

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
