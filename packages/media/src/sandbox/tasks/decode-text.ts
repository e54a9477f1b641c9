import { textEncodingOf } from '../../text/text-encoding.ts';

/** In the encodings that a text is taken in; a character that the reading cut in two is left out. */
export function decodeText(head: Buffer, cut: boolean): string {
  const encoding = textEncodingOf(head);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(head, { stream: cut });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: cut });
  } catch {
    return new TextDecoder('windows-1252').decode(head);
  }
}
