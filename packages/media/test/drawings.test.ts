import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixtureVariants, makeFixture } from '@vitrine/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { decode, distance, imageOf, renderFile } from './render-file.ts';

const media = createMediaTools();
const red = [220, 30, 40];
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-drawings-'));
});
afterAll(async () => {
  await media.renderer.close();
  await rm(directory, { recursive: true, force: true });
});

async function drawing(name: string, text: string | Buffer): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

const svg = (attributes: string, body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${body}</svg>`;
const redRect = '<rect width="100%" height="100%" fill="#dc1e28"/>';

describe('a drawing', () => {
  it('of every variant is drawn at the size of its presets, in its proportions', async () => {
    for (const variant of fixtureVariants('svg')) {
      const { path, facts } = await makeFixture('svg', directory, { variant });
      if (facts.type !== 'image') throw new Error('It is no picture.');
      const longer = Math.max(facts.width, facts.height);
      for (const [stage, preset, edge] of [
        ['first', 'thumb', 320],
        ['rest', 'preview', 1280],
      ] as const) {
        const image = imageOf(await renderFile(media, path, { stage }), preset);
        const size = [facts.width, facts.height].map((length) => Math.round((length / longer) * edge));
        expect([image.width, image.height], `${variant} ${preset}`).toEqual(size);
        await decode(image);
      }
    }
  });

  it.each([
    ['behind a long comment', `<!--${'licence '.repeat(300)}-->${svg('width="40" height="20"', redRect)}`],
    [
      'with a prefix',
      '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="40" height="20"><s:rect width="40" height="20" fill="#dc1e28"/></s:svg>',
    ],
    ['in UTF-16', Buffer.from(`\ufeff${svg('width="40" height="20"', redRect)}`, 'utf16le')],
    ['of 2 mm', svg('width="2mm" height="1mm"', redRect)],
    ['of 20 m', svg('width="20000mm" height="10000mm"', redRect)],
  ])('%s is drawn', async (name, text) => {
    const { at } = await decode(
      imageOf(await renderFile(media, await drawing(`${name}.svg`, text)), 'thumb'),
    );
    expect(distance(at(160, 80), red)).toBeLessThan(12);
  });

  it('shows the pictures within it, and reaches neither files nor addresses', async () => {
    const requests: string[] = [];
    await using server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const picture = join(directory, 'secret.png');
    const create = { width: 10, height: 10, channels: 3, background: '#dc1e28' } as const;
    const png = await sharp({ create }).png().toBuffer();
    await writeFile(picture, png);
    const image = (href: string, x: number) => `<image x="${x}" width="100" height="100" href="${href}"/>`;
    const body = [
      image(`data:image/png;base64,${png.toString('base64')}`, 0),
      image(`file://${picture}`, 100),
      image('secret.png', 200),
      image(`http://127.0.0.1:${port}/x.png`, 300),
      `<style>@import url("http://127.0.0.1:${port}/x.css");</style>`,
    ].join('');
    const path = await drawing('references.svg', svg('width="400" height="100"', body));
    const { at } = await decode(imageOf(await renderFile(media, path), 'thumb'));
    expect(distance(at(40, 40), red)).toBeLessThan(12);
    for (const x of [120, 200, 280]) expect(at(x, 40)[3]).toBe(0);
    expect(requests).toEqual([]);
  });

  it('that multiplies itself fails within its three seconds, and the next one is drawn', async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner =
        level === 0 ? '<rect width="9" height="9"/>' : `<use xlink:href="#l${level - 1}"/>`.repeat(10);
      return `<g id="l${level}">${inner}</g>`;
    });
    const body = `<defs>${levels.join('')}</defs><use xlink:href="#l11"/>`;
    const path = await drawing('bomb.svg', svg('width="100" height="100"', body));
    const started = performance.now();
    const { outcomes } = await renderFile(media, path);
    expect(outcomes).toMatchObject([{ state: 'failed', preset: 'thumb' }]);
    expect(performance.now() - started).toBeLessThan(9000);
    const next = await drawing('next.svg', svg('width="40" height="20"', redRect));
    imageOf(await renderFile(media, next), 'thumb');
  });
});
