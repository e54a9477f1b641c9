/** What the first bytes say about the encoding; 8-bit text is told from UTF-8 by reading it. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export function textEncodingOf(head: Buffer): TextEncoding {
  if (head.length >= 2 && head.readUInt16BE(0) === 0xfffe) return 'utf-16le';
  if (head.length >= 2 && head.readUInt16BE(0) === 0xfeff) return 'utf-16be';
  return 'utf-8';
}

/** The start of a text for recognising what it is; bytes that do not decode become replacement characters. */
export function decodeHead(head: Buffer): string {
  return new TextDecoder(textEncodingOf(head)).decode(head, { stream: true });
}
