import { writeFile } from 'node:fs/promises';
import type { Rendered } from '@vitrine/core';
import { type FactsOf, writePeaks } from '@vitrine/schema';
import { makePictures } from '../pictures/picture-maker.ts';
import { toRendered } from '../pictures/to-rendered.ts';
import { Refusal } from '../refusal.ts';
import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { ToolSession } from '../sandbox/tool-runner.ts';
import { hostileInput, quietly } from '../video/ffmpeg-arguments.ts';
import { toolFailure } from '../video/tool-failure.ts';
import { drawWaveform } from './draw-waveform.ts';
import { createPeakCollector } from './peak-collector.ts';
import { createWavReader } from './wav-reader.ts';

/**
 * A long recording may take longer than other files: a second more for so many milliseconds, but only where there are as many bytes
 * to decode as its length needs; what a header says of it alone gains no time.
 */
const decodedMsPerSecond = 100_000;
const leastBytesPerSecond = 256 * 1024;

export interface AudioToRender {
  readonly facts: FactsOf<'audio'>;
  /** Bytes. */
  readonly size: number;
}

/** How long the decoding of a recording may take, in milliseconds. */
export function decodingMs({ facts, size }: AudioToRender): number {
  const more = Math.min(facts.durationMs / decodedMsPerSecond, size / leastBytesPerSecond);
  return 10_000 + Math.ceil(more * 1000);
}

/** `waveform` and, drawn from it, `thumb`. The sound is decoded at its own rate: a lower one would lose what is high. */
export async function* renderAudio(
  { session, sandbox }: { readonly session: ToolSession; readonly sandbox: Sandbox },
  audio: AudioToRender,
): AsyncGenerator<Rendered, void, undefined> {
  const collector = createPeakCollector(audio.facts.durationMs);
  const reader = createWavReader(collector);
  const wallMs = decodingMs(audio);
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...hostileInput(session.input),
      ...[
        '-map',
        '0:a:0',
        '-vn',
        '-sn',
        '-dn',
        '-ac',
        '1',
        '-c:a',
        'pcm_u8',
        '-bitexact',
        '-flush_packets',
        '0',
        '-f',
        'wav',
        'pipe:1',
      ],
    ],
    limits: { wallMs, cpuSeconds: Math.ceil(wallMs / 1000) },
    onOutput: (chunk) => reader.push(chunk),
  });
  // A file that breaks off has the peaks of what there is; one that hangs or crashes the decoder has none.
  const peaks = outcome.kind === 'exited' ? collector.end() : null;
  if (!peaks) throw new Refusal('unreadable_media', toolFailure(outcome, 'A waveform'));
  yield { state: 'peaks', preset: 'waveform', bytes: writePeaks(peaks) };
  const drawing = session.file('waveform.png');
  await writeFile(drawing, drawWaveform(peaks));
  const [thumb] = await makePictures(sandbox, { path: drawing, sizes: ['thumb'] });
  if (thumb) yield toRendered('thumb', thumb);
}
