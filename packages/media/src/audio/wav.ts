import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { readRiffChunk } from '../containers/riff.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated } from '../refusal.ts';

const label = 'WAV';
/**
 * A program that writes to a pipe cannot go back and fill in the length: it leaves 0 or something near the largest
 * number (ffmpeg all ones, sox 0x7ffff000 and what its header adds). The sound then goes on to the end of the file.
 */
const openLength = 0x7fff_f000;

/** Before the sound; a file of nothing but chunk headers has more. */
const mostChunks = 10_000;

interface WavFormat {
  readonly tag: number;
  readonly sampleRate: number;
  readonly bytesPerSecond: number;
  readonly blockSize: number;
}

export async function readWav(source: ByteSource): Promise<AssetFacts> {
  const rf64 = (await source.exact(0, 4)).toString('latin1') === 'RF64';
  let format: WavFormat | null = null;
  let samples: number | null = null;
  let long: { data: number; samples: number } | null = null;
  let offset = 12;
  for (let count = 0; offset < source.size && count < mostChunks; count++) {
    const chunk = await readRiffChunk(source, offset);
    if (!chunk) break;
    if (chunk.id === 'data') {
      const claimed = rf64 && long && chunk.size === 0xffffffff ? long.data : chunk.size;
      const open = claimed === 0 || (claimed >= openLength && claimed <= 0xffffffff && !(rf64 && long?.data));
      const rest = source.size - chunk.body;
      if (claimed > rest && !open) {
        throw truncated(label, `${rest} bytes of its ${claimed} bytes of sound are there`);
      }
      const bytes = claimed === 0 || claimed > rest ? rest : claimed;
      if (!format) throw missingFact(label, { fact: 'duration', why: "it has no 'fmt' chunk" });
      // A fact chunk is written at the end of the recording, so an open length leaves it unset.
      return facts(format, { bytes, samples: open ? null : samples || long?.samples || null });
    }
    if (chunk.end > source.size) throw truncated(label, 'it ends within its header');
    if (chunk.id === 'fmt ' && chunk.size >= 14) format = await readFormat(source, chunk.body);
    if (chunk.id === 'fact' && chunk.size >= 4) samples = (await source.exact(chunk.body, 4)).readUInt32LE(0);
    if (chunk.id === 'ds64' && chunk.size >= 24) {
      const sizes = await source.exact(chunk.body, 24);
      long = { data: Number(sizes.readBigUInt64LE(8)), samples: Number(sizes.readBigUInt64LE(16)) };
    }
    offset = chunk.next;
  }
  throw truncated(label, 'it ends before its sound');
}

async function readFormat(source: ByteSource, offset: number): Promise<WavFormat> {
  const bytes = await source.exact(offset, 14);
  return {
    tag: bytes.readUInt16LE(0),
    sampleRate: bytes.readUInt32LE(4),
    bytesPerSecond: bytes.readUInt32LE(8),
    blockSize: bytes.readUInt16LE(12),
  };
}

/** PCM, floating point, A-law, µ-law and the extensible header, whose samples all have one fixed size. */
const fixedSizeTags: ReadonlySet<number> = new Set([1, 3, 6, 7, 0xfffe]);

function facts(format: WavFormat, sound: { bytes: number; samples: number | null }): AssetFacts {
  const { sampleRate, bytesPerSecond, blockSize, tag } = format;
  const fixed = fixedSizeTags.has(tag) && blockSize > 0 && sampleRate > 0;
  if (!fixed && !(sampleRate > 0 && bytesPerSecond > 0)) {
    throw missingFact(label, { fact: 'duration', why: 'its header gives no sample rate' });
  }
  const compressed = sound.samples ? sound.samples / sampleRate : sound.bytes / bytesPerSecond;
  const seconds = fixed ? Math.floor(sound.bytes / blockSize) / sampleRate : compressed;
  return { type: 'audio', format: 'wav', durationMs: durationInMs(label, seconds) };
}
