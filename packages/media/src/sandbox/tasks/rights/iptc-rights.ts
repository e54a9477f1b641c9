import type { Rights } from './rights.ts';

const byline = 80;
const credit = 110;
const copyrightNotice = 116;

/** By-line, credit and copyright notice of IPTC's second record, in or out of Photoshop's wrapping. */
export function iptcRights(bytes: Buffer): Rights {
  const texts = new Map<number, string>();
  let at = bytes.indexOf(Buffer.from([0x1c, 0x02]));
  while (at >= 0 && at + 5 <= bytes.length && bytes[at] === 0x1c) {
    const record = bytes[at + 1];
    const dataset = bytes[at + 2] ?? 0;
    const length = bytes.readUInt16BE(at + 3);
    // The top bit announces a length of several bytes, which no name has.
    if (length >= 0x8000 || at + 5 + length > bytes.length) break;
    if (record === 2 && !texts.has(dataset))
      texts.set(dataset, decode(bytes.subarray(at + 5, at + 5 + length)));
    at += 5 + length;
  }
  return { creator: texts.get(byline), credit: texts.get(credit), copyright: texts.get(copyrightNotice) };
}

/** Few programs declare their encoding; text that is UTF-8 by chance is rare. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
