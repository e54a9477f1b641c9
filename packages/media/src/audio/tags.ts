import type { ByteSource } from '../byte-source.ts';

/** Where the sound of an MP3 or AAC file lies between the tags that players add to its start and end. */
export async function soundSpan(source: ByteSource): Promise<{ start: number; end: number }> {
  const start = await skipLeadingTags(source);
  const end = await skipTrailingTags(source, start);
  return { start, end };
}

async function skipLeadingTags(source: ByteSource): Promise<number> {
  let offset = 0;
  // Some programs add a second tag instead of changing the first.
  for (let count = 0; count < 8; count++) {
    const head = await source.read(offset, 32);
    const next = offset + (id3v2Length(head) || apeLength(head));
    if (next === offset) break;
    offset = next;
  }
  return offset;
}

/** The length of an ID3v2 tag with its header and footer, or 0 when the bytes are none. */
export function id3v2Length(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  if (head.readUInt8(3) > 4 || head.subarray(6, 10).some((byte) => byte > 0x7f)) return 0;
  const footer = head.readUInt8(5) & 0x10 ? 10 : 0;
  let length = 0;
  for (const byte of head.subarray(6, 10)) length = length * 128 + byte;
  return 10 + length + footer;
}

/** The length of an APE tag from its header or footer: the size field counts the items and the footer. */
function apeLength(mark: Buffer): number {
  if (mark.length < 32 || mark.toString('latin1', 0, 8) !== 'APETAGEX') return 0;
  const hasHeader = (mark.readUInt32LE(20) & 0x8000_0000) !== 0;
  return mark.readUInt32LE(12) + (hasHeader ? 32 : 0);
}

async function skipTrailingTags(source: ByteSource, start: number): Promise<number> {
  let end = source.size;
  for (let count = 0; count < 8; count++) {
    const before = end;
    if (end - start >= 128) {
      const tag = await source.read(end - 128, 128);
      if (tag.toString('latin1', 0, 3) === 'TAG') end -= 128;
    }
    if (end - start >= 32) {
      const length = apeLength(await source.read(end - 32, 32));
      if (length > 0 && end - length >= start) end -= length;
    }
    if (end - start >= 15) {
      const mark = (await source.read(end - 15, 15)).toString('latin1');
      const length = mark.endsWith('LYRICS200') ? Number.parseInt(mark.slice(0, 6), 10) + 15 : 0;
      if (length > 15 && end - length >= start) end -= length;
    }
    if (end === before) break;
  }
  return end;
}
