import type { ByteSource } from '../byte-source.ts';
import type { IsoBox } from './iso-box.ts';

/**
 * Where the last chunk of samples ends in the file, as the sample tables say; 0 when there are no samples. A header that
 * was moved to the front of a file which was then cut promises more than the file has.
 */
export async function lastSampleEnd(source: ByteSource, table: Map<string, IsoBox>): Promise<number> {
  const last = await lastChunk(source, table.get('stco') ?? table.get('co64'));
  if (!last) return 0;
  const samples = await samplesOfChunk(source, table.get('stsc'), last.number);
  return last.offset + (await bytesOfSamples(source, table.get('stsz'), samples));
}

async function entries(
  source: ByteSource,
  box: IsoBox,
  options: { at: number; size: number },
): Promise<number> {
  const listed = (await source.exact(box.body + options.at, 4)).readUInt32BE(0);
  return Math.min(listed, Math.floor((box.end - box.body - options.at - 4) / options.size));
}

async function lastChunk(source: ByteSource, box: IsoBox | undefined) {
  if (!box) return null;
  const size = box.type === 'co64' ? 8 : 4;
  const count = await entries(source, box, { at: 4, size });
  let last: { offset: number; number: number } | null = null;
  for (let index = 0; index < count; index++) {
    const entry = await source.exact(box.body + 8 + index * size, size);
    const offset = size === 8 ? Number(entry.readBigUInt64BE(0)) : entry.readUInt32BE(0);
    if (!last || offset > last.offset) last = { offset, number: index + 1 };
  }
  return last;
}

/** The samples of a chunk (1-based), as first index and count. */
async function samplesOfChunk(source: ByteSource, box: IsoBox | undefined, chunk: number) {
  const none = { first: 0, count: 0 };
  if (!box) return none;
  const count = await entries(source, box, { at: 4, size: 12 });
  let first = 0;
  for (let index = 0; index < count; index++) {
    const rows = await source.exact(box.body + 8 + index * 12, index + 1 < count ? 24 : 12);
    const from = rows.readUInt32BE(0);
    const perChunk = rows.readUInt32BE(4);
    const until = index + 1 < count ? rows.readUInt32BE(12) : Number.POSITIVE_INFINITY;
    if (chunk < until) return { first: first + (chunk - from) * perChunk, count: perChunk };
    first += (until - from) * perChunk;
  }
  return none;
}

async function bytesOfSamples(
  source: ByteSource,
  box: IsoBox | undefined,
  samples: { first: number; count: number },
): Promise<number> {
  if (!box || samples.first < 0) return 0;
  const fixed = (await source.exact(box.body + 4, 4)).readUInt32BE(0);
  if (fixed !== 0) return fixed * samples.count;
  const total = await entries(source, box, { at: 8, size: 4 });
  let bytes = 0;
  for (let index = samples.first; index < Math.min(total, samples.first + samples.count); index++) {
    bytes += (await source.exact(box.body + 12 + index * 4, 4)).readUInt32BE(0);
  }
  return bytes;
}
