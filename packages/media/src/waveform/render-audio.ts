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

/** A long recording may take longer than other files: a second more for so many bytes. */
const bytesPerSecond = 4 * 1024 * 1024;

/** `waveform` and, drawn from it, `thumb`. The sound is decoded at its own rate: a lower one would lose what is high. */
export async function* renderAudio(
  { session, sandbox }: { readonly session: ToolSession; readonly sandbox: Sandbox },
  { facts, size }: { readonly facts: FactsOf<'audio'>; readonly size: number },
): AsyncGenerator<Rendered, void, undefined> {
  const collector = createPeakCollector(facts.durationMs);
  const reader = createWavReader(collector);
  const more = size / bytesPerSecond;
  const outcome = await session.run({
    command: 'ffmpeg',
    args: [
      ...quietly,
      ...hostileInput(session.input),
      ...['-map', '0:a:0', '-ac', '1', '-c:a', 'pcm_u8', '-bitexact', '-f', 'wav', 'pipe:1'],
    ],
    limits: { wallMs: 10_000 + more * 1000, cpuSeconds: Math.ceil(20 + more) },
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
