import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RenderSource } from '@vitrine/core';
import { createMediaTools } from '@vitrine/media';
import sharp from 'sharp';
import type { Bench } from '../lib/bench.ts';
import { compare } from '../lib/comparison.ts';
import { type Contender, measureRounds } from '../lib/measure-rounds.ts';
import { ownProcessorTime, processorTimeOf } from '../lib/processor-time.ts';
import { processorTimeOfEnded } from '../lib/processor-time-of-children.ts';
import { startBareSharp } from '../lib/start-bare-sharp.ts';

const run = promisify(execFile);
const cores = availableParallelism();

/** A picture of twelve megapixels with soft shapes, about as hard to make smaller as a photograph. */
async function photograph(file: string): Promise<void> {
  const raw = { width: 500, height: 375, channels: 3 } as const;
  await sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
    .resize(4000, 3000, { kernel: 'cubic' })
    .jpeg({ quality: 88 })
    .toFile(file);
}

async function makeFiles(folder: string) {
  const file = (name: string) => path.join(folder, name);
  const lavfi = (source: string) => ['-v', 'error', '-y', '-f', 'lavfi', '-i', source];
  await photograph(file('photo.jpg'));
  await run('ffmpeg', [
    ...lavfi('testsrc2=size=1920x1080:rate=30:duration=20'),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '60', '-pix_fmt', 'yuv420p', file('film.mp4')],
  ]);
  await run('ffmpeg', [
    ...lavfi('anoisesrc=duration=180:colour=pink:amplitude=0.4'),
    ...['-ac', '2', '-b:a', '192k', file('song.mp3')],
  ]);
  const pages = Array.from({ length: 100 }, (_, index) => `${4 + index} 0 R`).join(' ');
  await writeFile(file('book.pdf'), pdfOf(pages));
  return { photo: file('photo.jpg'), film: file('film.mp4'), song: file('song.mp3'), book: file('book.pdf') };
}

/** A PDF of a hundred pages with a line on each, written by hand so that its table of contents is right. */
function pdfOf(pages: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages}] /Count 100 >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...Array.from(
      { length: 100 },
      (_, index) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${104 + index} 0 R >>`,
    ),
    ...Array.from({ length: 100 }, (_, index) => {
      const text = `BT /F 24 Tf 72 700 Td (Page ${index + 1}) Tj ET`;
      return `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
    }),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

/** Goals 9 and 10. */
export const renditions: Bench = {
  name: 'renditions',
  description: `What is made of files, and what is read from them, through the product's own inspector and renderer with the sandbox as it is on this machine. The processor time is that of everything at work: this process, the sandbox processes and every program they start. Controls: sharp alone in a process of its own (320 px WebP of the same 12 megapixel JPEG), \`ffmpeg -ss 1 -i … -frames:v 1\` into a 1280 px JPEG, ffprobe, \`ffmpeg -i … -f null -\` of a three-minute MP3, and pdfinfo of a hundred pages. "${cores} at once" is the time of one thumbnail when ${cores} are being made, against the time of one made alone divided by ${cores}.`,
  async run({ quick, folder }) {
    const files = await makeFiles(folder);
    const sandboxes: number[] = [];
    const { inspector, renderer } = createMediaTools({
      processes: cores,
      onProcessStart: (pid) => sandboxes.push(pid),
    });
    await using bare = startBareSharp();
    const everything = () =>
      ownProcessorTime() +
      processorTimeOfEnded() +
      sandboxes.reduce((sum, pid) => sum + processorTimeOf(pid), 0);

    async function sourceOf(file: string): Promise<RenderSource> {
      const { size } = await stat(file);
      const { mimeType: _mimeType, ...facts } = await inspector.inspect({
        path: file,
        size,
        fileName: path.basename(file),
      });
      return { path: file, size, facts };
    }
    const sources = {
      photo: await sourceOf(files.photo),
      film: await sourceOf(files.film),
      song: await sourceOf(files.song),
      book: await sourceOf(files.book),
    };
    async function first(source: RenderSource): Promise<void> {
      const options = { stage: 'first', posterMs: null, urgent: false } as const;
      for await (const made of renderer.render(source, options)) {
        if (made.state === 'failed') throw new Error(made.reason);
      }
    }
    const inspect = ({ path: file, size }: RenderSource) =>
      inspector.inspect({ path: file, size, fileName: path.basename(file) });
    const ours = (name: string, call: () => Promise<unknown>, calls = quick ? 2 : 8): Contender => ({
      name,
      calls,
      call,
      processorTime: everything,
    });
    const tool = (name: string, args: readonly string[], calls = quick ? 2 : 8): Contender => {
      const [command = '', ...rest] = args;
      return { name, calls, call: () => run(command, rest), processorTime: everything };
    };
    const thumbs = quick ? 4 : 20;
    const still = path.join(folder, 'still.jpg');
    try {
      const samples = await measureRounds(
        [
          ours('grid thumbnail', () => first(sources.photo), thumbs),
          {
            name: 'bare sharp, 320 px WebP',
            calls: thumbs,
            call: () => bare.thumbnail(files.photo),
            processorTime: () => processorTimeOf(bare.pid),
          },
          {
            name: `grid thumbnail, ${cores} at once`,
            calls: 1,
            call: () =>
              Promise.all(
                Array.from({ length: cores }, async () => {
                  for (let turn = 0; turn < thumbs; turn += 1) await first(sources.photo);
                }),
              ),
            processorTime: everything,
          },
          {
            name: 'as many, one after the other',
            calls: 1,
            call: async () => {
              for (let turn = 0; turn < thumbs; turn += 1) await first(sources.photo);
            },
            processorTime: everything,
          },
          ours('video poster and thumb', () => first(sources.film)),
          tool('one frame by ffmpeg', [
            ...['ffmpeg', '-nostdin', '-v', 'error', '-y', '-threads', '1', '-ss', '1', '-i', files.film],
            ...['-frames:v', '1', '-vf', 'scale=1280:-1', '-q:v', '3', still],
          ]),
          ours('facts of an mp4', () => inspect(sources.film), quick ? 10 : 200),
          tool('ffprobe', ['ffprobe', '-v', 'error', '-show_format', '-show_streams', files.film]),
          ours('peaks of a song', () => first(sources.song), quick ? 1 : 4),
          tool(
            'decoding it to nothing',
            ['ffmpeg', '-nostdin', '-v', 'error', '-threads', '1', '-i', files.song, '-f', 'null', '-'],
            quick ? 1 : 4,
          ),
          ours('page count of a PDF', () => inspect(sources.book), quick ? 4 : 40),
          tool('pdfinfo', ['pdfinfo', files.book]),
        ],
        quick ? 2 : 7,
      );
      const pair = (what: string, control: string, goal: { must: number; aim: number }, number: number) => [
        compare(samples, { what, control, measure: 'cpu', goal: { number, ...goal } }),
        compare(samples, { what, control, measure: 'wall' }),
      ];
      return {
        samples,
        comparisons: [
          ...pair('grid thumbnail', 'bare sharp, 320 px WebP', { must: 1.15, aim: 0.9 }, 9),
          // N times as many in parallel: the ratio of times is cores / speed-up, so 0.8 of ideal is 1 / 0.8.
          compare(samples, {
            what: `grid thumbnail, ${cores} at once`,
            control: 'as many, one after the other',
            measure: 'wall',
            goal: { number: 9, must: 1 / 0.8, aim: 1 / 0.95 },
          }),
          ...pair('video poster and thumb', 'one frame by ffmpeg', { must: 2, aim: 1.5 }, 10),
          ...pair('facts of an mp4', 'ffprobe', { must: 0.05, aim: 0.01 }, 10),
          ...pair('peaks of a song', 'decoding it to nothing', { must: 1.6, aim: 1.3 }, 10),
          ...pair('page count of a PDF', 'pdfinfo', { must: 0.2, aim: 0.05 }, 10),
        ],
      };
    } finally {
      await renderer.close();
    }
  },
};
