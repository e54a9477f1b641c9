import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated, unsupported } from '../refusal.ts';
import { type MpegFrame, readMpegFrame } from './mpeg-frame.ts';
import { soundSpan } from './tags.ts';
import { readVbrHeader } from './vbr-header.ts';

const label = 'MP3';
/** How far a frame is searched for where one should be: taggers leave padding, recordings leave gaps. */
const longestGap = 64 * 1024;
/** After so much that is no sound, a file of which most is none is given up. */
const longestNoise = 4 * 1024 * 1024;

/**
 * The frame count of the encoder's Xing, Info or VBRI header where it fits the file, else of a walk over all frames. The
 * encoder's delay and padding count, as in ffprobe and sox.
 */
export async function readMp3(source: ByteSource): Promise<AssetFacts> {
  const { start, end } = await soundSpan(source);
  if (start >= source.size) throw truncated(label, 'it ends within its tag, before its sound');
  const found = await findFrame(source, { from: start, end, gap: start === 0 ? 0 : longestGap });
  if (!found) throw missingFact(label, { fact: 'duration', why: 'no MPEG audio frame was found in it' });
  const { frame, offset } = found;
  if (frame.layer !== 3) {
    throw unsupported(`an MPEG audio file of layer ${frame.layer} (MP${frame.layer})`, 'Export it as MP3.');
  }
  const header = readVbrHeader(await source.read(offset, 192), frame);
  const present = end - offset;
  // One frame of tolerance: encoders disagree on whether this header's own frame is counted.
  if (header?.bytes && header.bytes > present + frame.length) {
    throw truncated(label, `${present} bytes of its ${header.bytes} bytes of sound are there`);
  }
  const wholeFile = !header?.bytes || present <= header.bytes * 1.1 + longestGap;
  if (header?.frames && wholeFile) return facts((header.frames * frame.samples) / frame.sampleRate);
  return facts(
    await walkedSeconds(source, { from: header ? offset + frame.length : offset, end, first: frame }),
  );
}

function facts(seconds: number): AssetFacts {
  return { type: 'audio', format: 'mp3', durationMs: durationInMs(label, seconds) };
}

/** A frame that the next one, or the end of the sound, confirms: two sync words alone are found in any noise. */
async function findFrame(source: ByteSource, options: { from: number; end: number; gap: number }) {
  const last = Math.min(options.from + options.gap, options.end - 4);
  for (let offset = options.from; offset <= last; offset++) {
    const frame = readMpegFrame(await source.read(offset, 4), 0);
    if (!frame) continue;
    if (frame.length === 0) continue;
    const next = offset + frame.length;
    if (next === options.end) return { frame, offset };
    if (next + 4 > options.end) continue;
    const follower = readMpegFrame(await source.read(next, 4), 0);
    if (follower && isSameStream(frame, follower)) return { frame, offset };
  }
  return null;
}

function isSameStream(one: MpegFrame, other: MpegFrame): boolean {
  return one.layer === other.layer && one.sampleRate === other.sampleRate;
}

async function walkedSeconds(
  source: ByteSource,
  { from, end, first }: { from: number; end: number; first: MpegFrame },
): Promise<number> {
  let offset = from;
  let samples = 0;
  let lost = 0;
  while (offset + 4 <= end) {
    const frame = readMpegFrame(await source.read(offset, 4), 0);
    if (frame && frame.length > 0 && isSameStream(first, frame)) {
      // What is left of a last frame that was cut does not play.
      if (offset + frame.length > end) break;
      samples += frame.samples;
      offset += frame.length;
      continue;
    }
    const next = await findFrame(source, { from: offset + 1, end, gap: longestGap });
    if (!next) {
      lost += end - offset;
      offset = end;
      break;
    }
    lost += next.offset - offset;
    offset = next.offset;
    if (lost > longestNoise && lost > (offset - from) / 2) break;
  }
  if (lost > (offset - from) / 2) {
    throw missingFact(label, { fact: 'duration', why: 'most of its bytes are no MPEG audio frames' });
  }
  return samples / first.sampleRate;
}
