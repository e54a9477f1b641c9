import type { Rights } from './rights.ts';

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
