import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { spriteLayout } from '@vitrine/schema';
import { makeFixture } from '@vitrine/testing';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools, type MediaTools } from '../src/index.ts';
import { decode, imageOf, renderFile } from './render-file.ts';

const run = promisify(execFile);

/** The colours of 4 × 6 patches. */
async function patches(image: Sharp): Promise<Buffer> {
  const whole = await image.png().toBuffer();
  return sharp(whole).removeAlpha().resize(4, 6, { fit: 'fill' }).raw().toBuffer();
}

/** The mean difference of their values, 0 to 255. */
function distance(one: Buffer, other: Buffer): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

describe('what is made of a video', () => {
  let media: MediaTools;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-video-'));
    media = createMediaTools({ scratch: folder });
  });
  afterAll(async () => {
    await media?.renderer.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ffmpeg = (...args: string[]) => run('ffmpeg', ['-v', 'error', '-y', ...args]);
  const make = async (name: string, graph: string, ...more: string[]) => {
    const file = path.join(folder, name);
    const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    await ffmpeg('-f', 'lavfi', '-i', graph, ...coded, ...more, file);
    return file;
  };

  it.each(['mp4', 'mov'] as const)(
    'stands upright when a telephone recorded it on its side: %s',
    async (format) => {
      const { path: file } = await makeFixture(format, folder, { variant: 'rotated' });
      const frame = path.join(folder, `${format}.png`);
      // ffmpeg itself turns the frame as players do.
      await ffmpeg('-i', file, '-frames:v', '1', frame);
      const wanted = await patches(sharp(frame));
      const upsideDown = await patches(sharp(frame).rotate(180));
      const rendered = await renderFile(media, file);
      for (const preset of ['poster', 'thumb']) {
        const picture = imageOf(rendered, preset);
        expect([picture.width, picture.height]).toEqual([72, 128]);
        const found = await patches(sharp(picture.bytes));
        expect(distance(found, wanted)).toBeLessThan(10);
        expect(distance(found, upsideDown)).toBeGreaterThan(25);
      }
    },
  );

  it('is a frame that shows something, though the first second is black', async () => {
    const file = await make('fade.mp4', 'testsrc2=s=320x180:r=25:d=4,fade=in:st=1:d=0.2', '-g', '25');
    const picture = await decode(imageOf(await renderFile(media, file), 'poster'));
    const lights = [40, 120, 200, 280].flatMap((x) => picture.at(x, 90).slice(0, 3));
    expect(Math.max(...lights)).toBeGreaterThan(60);
  });

  it('is the frame that somebody chose', async () => {
    // Red for two seconds, then blue.
    const graph = 'color=red:s=160x90:r=25:d=2[a];color=blue:s=160x90:r=25:d=2[b];[a][b]concat=n=2:v=1:a=0';
    const file = path.join(folder, 'two.mp4');
    await ffmpeg('-filter_complex', graph, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '250', file);
    const colourAt = async (posterMs: number | null) =>
      (await decode(imageOf(await renderFile(media, file, { posterMs }), 'poster'))).at(80, 45);
    expect((await colourAt(null))[0]).toBeGreaterThan(200);
    expect((await colourAt(500))[0]).toBeGreaterThan(200);
    expect((await colourAt(3000))[2]).toBeGreaterThan(200);
    // At its very end a video has no frame left: then it is the last one before.
    expect((await colourAt(4000))[2]).toBeGreaterThan(200);
  });

  it('has frames of the whole in its hover strip, in their order', async () => {
    // From black to white in eight seconds.
    const file = await make(
      'ramp.mp4',
      "nullsrc=s=160x90:r=25:d=8,geq=lum='T*255/8':cb=128:cr=128",
      ...['-g', '25'],
    );
    const rendered = await renderFile(media, file, { stage: 'rest' });
    const sheet = imageOf(rendered, 'sprite');
    const strip = await decode(sheet);
    if (rendered.facts.type !== 'video') throw new Error('It is no video.');
    const { columns, cellWidth, cellHeight, count } = spriteLayout(rendered.facts);
    const lights = Array.from({ length: count }, (_, index) => {
      const x = (index % columns) * cellWidth + Math.floor(cellWidth / 2);
      const y = Math.floor(index / columns) * cellHeight + Math.floor(cellHeight / 2);
      return strip.at(x, y)[0];
    });
    expect(count).toBeGreaterThanOrEqual(8);
    expect(lights).toEqual(lights.toSorted((one, other) => one - other));
    expect(lights[0]).toBeLessThan(60);
    expect(lights.at(-1)).toBeGreaterThan(200);
  });
});
