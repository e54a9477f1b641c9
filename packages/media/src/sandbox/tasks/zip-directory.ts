import { inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../../byte-source.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly offset: number;
}

/** Beyond these a file is no Office document, whatever else it may be. */
const mostEntries = 65_535;
const longestDirectory = 16 * 1024 * 1024;

/** The entries that a zip's directory lists; null when the directory, which stands at the end, is not there. */
export async function readZipDirectory(source: ByteSource): Promise<ZipEntry[] | null> {
  const tailStart = Math.max(0, source.size - 65_557);
  const tail = await source.read(tailStart, 65_557);
  const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 22 > tail.length) return null;
  let offset = tail.readUInt32LE(end + 16);
  let length = tail.readUInt32LE(end + 12);
  if (offset === 0xffffffff || length === 0xffffffff) {
    const long = await readZip64(source, tailStart + end);
    if (!long) return null;
    ({ offset, length } = long);
  }
  if (length > longestDirectory || offset + length > source.size) return null;
  return parseDirectory(await source.exact(offset, length));
}

async function readZip64(source: ByteSource, end: number) {
  const locator = end >= 20 ? await source.exact(end - 20, 20) : Buffer.alloc(20);
  if (locator.readUInt32LE(0) !== 0x07064b50) return null;
  const at = Number(locator.readBigUInt64LE(8));
  if (at + 56 > source.size) return null;
  const record = await source.exact(at, 56);
  return { length: Number(record.readBigUInt64LE(40)), offset: Number(record.readBigUInt64LE(48)) };
}

function parseDirectory(bytes: Buffer): ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      compressedSize: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    if (entries.length > mostEntries) return null;
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries.length > 0 ? entries : null;
}

/** An entry's bytes, at most `limit` of them; null when it is larger, damaged or compressed in another way. */
export async function readZipEntry(
  source: ByteSource,
  entry: ZipEntry,
  limit: number,
): Promise<Buffer | null> {
  const start = await dataStart(source, entry);
  if (start === null || entry.compressedSize > limit) return null;
  const bytes = await source.exact(start, entry.compressedSize);
  if (entry.method === 0) return bytes;
  if (entry.method !== 8) return null;
  try {
    // zlib stops at the limit itself: a bomb is never unpacked further.
    return inflateRawSync(bytes, { maxOutputLength: limit });
  } catch {
    return null;
  }
}

/** Where an entry's data starts, or null when its own header is not where the directory says, or its data do not fit. */
export async function dataStart(source: ByteSource, entry: ZipEntry): Promise<number | null> {
  if (entry.offset + 30 > source.size) return null;
  const head = await source.exact(entry.offset, 30);
  if (head.readUInt32LE(0) !== 0x04034b50) return null;
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  return start + entry.compressedSize > source.size ? null : start;
}
