import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Peaks, readPeaks, writePeaks } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { createPeakCollector } from '../src/waveform/peak-collector.ts';

const run = promisify(execFile);
const { inspector, renderer } = createMediaTools();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vitrine-waveform-'));
});
afterAll(async () => {
  await renderer.close();
  await rm(folder, { recursive: true, force: true });
});

async function peaksOf(file: string): Promise<Peaks> {
  const { size } = await stat(file);
  const { mimeType: _mimeType, ...facts } = await inspector.inspect({
    path: file,
    size,
    fileName: path.basename(file),
  });
  const options = { stage: 'first', posterMs: null, urgent: false } as const;
  for await (const made of renderer.render({ path: file, size, facts }, options)) {
    if (made.state === 'peaks') return readPeaks(made.bytes);
  }
  throw new Error('There were no peaks.');
}

/** The same by sox: its samples, mixed to mono, and the extremes of each pixel, as shares of full scale. */
async function peaksBySox(file: string, samplesPerPixel: number): Promise<number[]> {
  const args = [file, '-D', '-t', 'raw', '-e', 'signed', '-b', '16', '-c', '1', '-'];
  const { stdout } = await run('sox', args, { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 });
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1);
  const data: number[] = [];
  for (let at = 0; at < samples.length; at += samplesPerPixel) {
    const pixel = samples.subarray(at, at + samplesPerPixel);
    data.push(Math.min(...pixel) / 32768, Math.max(...pixel) / 32768);
  }
  return data;
}

describe('the peaks of a sound', () => {
  it.each([
    ['a tone of 440 Hz', ['synth', '5', 'sine', '440', 'vol', '0.6']],
    ['silence', ['trim', '0', '4']],
    ['a sweep to the top of hearing', ['synth', '6', 'sine', '20-20000', 'vol', '0.9']],
    ['noise on two channels', ['synth', '3', 'pinknoise', 'vol', '0.8']],
  ])('are those that sox finds, within one percent: %s', async (name, effect) => {
    const file = path.join(folder, `${name}.wav`);
    await run('sox', ['-R', '-n', '-r', '44100', '-b', '16', '-c', '2', file, ...effect]);
    const peaks = await peaksOf(file);
    const expected = await peaksBySox(file, peaks.samples_per_pixel);
    expect(peaks).toMatchObject({ version: 2, channels: 1, sample_rate: 44_100, bits: 8 });
    expect(peaks.data).toHaveLength(expected.length);
    const worst = Math.max(
      ...peaks.data.map((value, index) => Math.abs(value / 128 - (expected[index] ?? 9))),
    );
    expect(worst).toBeLessThanOrEqual(0.01);
  });

  it.each(['mp3', 'ogg', 'm4a', 'aac'])(
    'are as loud in %s as in the sound it was made of',
    async (format) => {
      const file = path.join(folder, `loud.${format}`);
      const source = 'sine=frequency=440:duration=4:sample_rate=44100,volume=4';
      await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-b:a', '192k', file]);
      const { data } = await peaksOf(file);
      // lavfi's sine has an eighth of full scale.
      expect(Math.max(...data) / 128).toBeGreaterThan(0.45);
      expect(Math.max(...data) / 128).toBeLessThan(0.56);
    },
  );

  it('are at most 4,096 pixels of equal length, whatever the file says of its duration', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 3000 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 100_000 }),
        (chunks, expectedMs) => {
          const collector = createPeakCollector(expectedMs);
          collector.begin(8000);
          for (const chunk of chunks) collector.take(chunk);
          const peaks = collector.end();
          const all = chunks.flatMap((chunk) => [...chunk]);
          if (!peaks) {
            expect(all).toEqual([]);
            return;
          }
          const { samples_per_pixel: step, data, length } = peaks;
          expect(length).toBe(Math.ceil(all.length / step));
          expect(length).toBeLessThanOrEqual(4096);
          for (let pixel = 0; pixel < length; pixel += 1) {
            const own = all.slice(pixel * step, (pixel + 1) * step);
            expect([data[pixel * 2], data[pixel * 2 + 1]]).toEqual([
              Math.min(...own) - 128,
              Math.max(...own) - 128,
            ]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('come back from their binary form as they were', () => {
    const sample = fc.integer({ min: -128, max: 127 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sample, sample), { maxLength: 300 }),
        fc.integer({ min: 1, max: 96_000 }),
        (pairs, rate) => {
          const data = pairs.flat();
          const bytes = writePeaks({ sample_rate: rate, samples_per_pixel: 256, length: pairs.length, data });
          expect(readPeaks(bytes)).toEqual({
            version: 2,
            channels: 1,
            sample_rate: rate,
            samples_per_pixel: 256,
            bits: 8,
            length: pairs.length,
            data,
          });
        },
      ),
    );
  });
});
