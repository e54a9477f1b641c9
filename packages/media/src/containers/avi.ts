import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { displayedSize } from '../displayed-size.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated, unsupported } from '../refusal.ts';
import { type RiffChunk, readRiffChunk } from './riff.ts';

interface AviStream {
  readonly type: string;
  /** Units per second: frames of a picture, blocks or bytes of sound. */
  readonly rate: number;
  readonly units: number;
  readonly width: number;
  readonly height: number;
}

interface AviHeader {
  readonly streams: readonly AviStream[];
  /** All frames of an OpenDML file, whose first part's header counts only its own. */
  readonly totalFrames: number;
  /** The list that holds the frames. */
  readonly movie: RiffChunk;
}

const label = 'AVI';
/** In one list of the header; a file of nothing but chunk headers has more. */
const mostChunks = 4096;

export async function readAvi(source: ByteSource): Promise<AssetFacts> {
  await refuseCutParts(source);
  const header = await readHeader(source);
  const index = header.streams.findIndex(({ type }) => type === 'vids');
  const video = header.streams[index];
  if (!video) throw unsupported('an AVI file without video', 'Export its sound as WAV or MP3.');
  if (!(video.rate > 0))
    throw missingFact(label, { fact: 'duration', why: 'its header gives no frame rate' });
  const counted = Math.max(video.units, header.totalFrames);
  // Every frame has a chunk header of 8 bytes, so a larger number was written before the frames were known.
  const plausible = counted > 0 && counted * 8 <= source.size;
  const frames = plausible ? counted : await countFrames(source, header.movie, index);
  const sound = header.streams.filter(
    ({ type, rate, units }) => type === 'auds' && rate > 0 && units <= source.size,
  );
  const seconds = Math.max(frames / video.rate, ...sound.map(({ units, rate }) => units / rate));
  return {
    type: 'video',
    format: 'avi',
    // AVI has no pixel aspect ratio and no rotation of its own.
    ...displayedSize(label, { ...video, pixelAspect: 1, quarterTurned: false }),
    durationMs: durationInMs(label, seconds),
  };
}

/** An OpenDML file is several RIFF parts in a row. A part of size 0 or all ones was written by a program that cannot seek. */
async function refuseCutParts(source: ByteSource): Promise<void> {
  let offset = 0;
  while (offset < source.size) {
    const part = await readRiffChunk(source, offset);
    if (part?.id !== 'RIFF' || part.size === 0 || part.size === 0xffffffff) return;
    if (part.end > source.size) {
      throw truncated(label, `it has ${source.size} bytes and its header says ${part.end}`);
    }
    offset = part.next;
  }
}

async function readHeader(source: ByteSource): Promise<AviHeader> {
  let offset = 12;
  let streams: AviStream[] | null = null;
  let totalFrames = 0;
  for (let count = 0; offset < source.size && count < mostChunks; count++) {
    const chunk = await readRiffChunk(source, offset);
    if (!chunk) break;
    if (chunk.listType === 'movi') {
      if (streams) return { streams, totalFrames, movie: chunk };
    } else if (chunk.end > source.size) {
      throw truncated(label, 'it ends within its header');
    }
    if (chunk.listType === 'hdrl') ({ streams, totalFrames } = await readHeaderList(source, chunk));
    offset = chunk.next;
  }
  if (!streams) throw truncated(label, 'it ends before its header');
  throw truncated(label, 'it ends before its first frame');
}

async function readHeaderList(source: ByteSource, list: RiffChunk) {
  const streams: AviStream[] = [];
  let totalFrames = 0;
  for (const chunk of await chunksOf(source, list)) {
    if (chunk.listType === 'strl') streams.push(await readStream(source, chunk));
    if (chunk.listType === 'odml') {
      const header = (await chunksOf(source, chunk)).find(({ id }) => id === 'dmlh');
      if (header && header.size >= 4) totalFrames = (await source.exact(header.body, 4)).readUInt32LE(0);
    }
  }
  return { streams, totalFrames };
}

async function readStream(source: ByteSource, list: RiffChunk): Promise<AviStream> {
  const chunks = await chunksOf(source, list);
  const header = chunks.find(({ id }) => id === 'strh');
  const format = chunks.find(({ id }) => id === 'strf');
  if (!header || header.size < 36) return { type: '', rate: 0, units: 0, width: 0, height: 0 };
  const bytes = await source.exact(header.body, 36);
  const type = bytes.toString('latin1', 0, 4);
  const scale = bytes.readUInt32LE(20);
  const rate = scale === 0 ? 0 : bytes.readUInt32LE(24) / scale;
  const units = bytes.readUInt32LE(32);
  if (type !== 'vids' || !format || format.size < 12) return { type, rate, units, width: 0, height: 0 };
  const bitmap = await source.exact(format.body, 12);
  // A negative height means that the rows run from the top.
  return {
    type,
    rate,
    units,
    width: Math.abs(bitmap.readInt32LE(4)),
    height: Math.abs(bitmap.readInt32LE(8)),
  };
}

async function chunksOf(source: ByteSource, list: RiffChunk): Promise<RiffChunk[]> {
  const chunks: RiffChunk[] = [];
  let offset = list.body;
  while (offset + 8 <= list.end && chunks.length < mostChunks) {
    const chunk = await readRiffChunk(source, offset);
    if (!chunk || chunk.end > list.end) break;
    chunks.push(chunk);
    offset = chunk.next;
  }
  return chunks;
}

/** Counts the frames of a stream by walking the movie list, for a header that was written before they were known. */
async function countFrames(source: ByteSource, movie: RiffChunk, stream: number): Promise<number> {
  const prefix = String(stream).padStart(2, '0');
  const open = movie.size === 0 || movie.size === 0xffffffff || movie.end > source.size;
  const end = open ? source.size : movie.end;
  let frames = 0;
  let offset = movie.body;
  while (offset + 8 <= end) {
    const chunk = await readRiffChunk(source, offset);
    if (!chunk || chunk.id === 'idx1') break;
    if (chunk.end > source.size) throw truncated(label, 'it ends within a frame');
    if (chunk.id === `${prefix}dc` || chunk.id === `${prefix}db`) frames++;
    offset = chunk.listType === 'rec ' ? chunk.body : chunk.next;
  }
  return frames;
}
