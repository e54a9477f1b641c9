import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated } from '../refusal.ts';
import { soundSpan } from './tags.ts';

const label = 'AAC';
const sampleRates = [96, 88.2, 64, 48, 44.1, 32, 24, 22.05, 16, 12, 11.025, 8, 7.35].map((khz) => khz * 1000);

interface AdtsFrame {
  readonly sampleRate: number;
  readonly samples: number;
  readonly length: number;
}

/** AAC in ADTS has no header for the whole file: every frame is read for its length. */
export async function readAdts(source: ByteSource): Promise<AssetFacts> {
  const { start, end } = await soundSpan(source);
  let offset = start;
  let seconds = 0;
  let frames = 0;
  while (offset < end) {
    const frame = readAdtsFrame(await source.read(offset, 7));
    if (!frame) {
      if (end - offset < 7) throw truncated(label, 'it ends within a frame');
      // The first frames decide whether this is AAC at all; foreign bytes after a whole run of frames end the sound.
      if (frames < 2) throw missingFact(label, { fact: 'duration', why: 'no AAC frames were found in it' });
      const next = await findFrame(source, offset + 1, end);
      if (next === null) break;
      offset = next;
      continue;
    }
    if (offset + frame.length > end) throw truncated(label, 'it ends within a frame');
    seconds += frame.samples / frame.sampleRate;
    frames++;
    offset += frame.length;
  }
  return { type: 'audio', format: 'aac', durationMs: durationInMs(label, seconds) };
}

function readAdtsFrame(bytes: Buffer): AdtsFrame | null {
  if (bytes.length < 7) return null;
  const isSync = (bytes.readUInt16BE(0) & 0xfff6) === 0xfff0;
  const sampleRate = sampleRates[(bytes.readUInt8(2) >> 2) & 15];
  const length = (bytes.readUIntBE(3, 3) >> 5) & 0x1fff;
  if (!isSync || !sampleRate || length < 7) return null;
  return { sampleRate, samples: 1024 * ((bytes.readUInt8(6) & 3) + 1), length };
}

const longestGap = 64 * 1024;

/** The next frame that another one follows. */
async function findFrame(source: ByteSource, from: number, end: number): Promise<number | null> {
  for (let offset = from; offset < Math.min(end - 7, from + longestGap); offset++) {
    const frame = readAdtsFrame(await source.read(offset, 7));
    if (!frame) continue;
    if (readAdtsFrame(await source.read(offset + frame.length, 7))) return offset;
  }
  return null;
}
