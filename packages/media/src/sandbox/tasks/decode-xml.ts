import { missingFact } from '../../refusal.ts';
import { textEncodingOf } from '../../text/text-encoding.ts';

/** The text of an XML file in the encoding that its byte order mark or its declaration names. */
export function decodeXml(bytes: Buffer): string {
  const marked = textEncodingOf(bytes);
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    bytes.toString('latin1', 0, 300),
  );
  const encoding = marked === 'utf-8' ? (declared?.[1] ?? marked) : marked;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw missingFact('SVG', { fact: 'text', why: `it does not decode as ${encoding}`, cause: error });
  }
}
