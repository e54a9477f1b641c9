import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, type RenderOptions, type RenderSource } from '@vitrine/core';
import { type AssetFacts, presetsOf } from '@vitrine/schema';
import { makeFixture, pdfFile } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools, type MediaTools } from '../src/index.ts';
import { readReply, resultReaders } from '../src/sandbox/read-reply.ts';

let media: MediaTools;
let directory: string;
let scratch: string;
let picture: RenderSource;
let pages: RenderSource;

const calmly: RenderOptions = { stage: 'first', posterMs: null, urgent: false };
const started: number[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-renderer-'));
  scratch = join(directory, 'scratch');
  media = createMediaTools({ processes: 1, scratch, onProcessStart: (id) => started.push(id) });
  const png = await makeFixture('png', directory);
  picture = await sourceOf(png.path, png.facts);
  const path = join(directory, 'ten.pdf');
  await writeFile(path, await pdfFile(10));
  pages = await sourceOf(path, { type: 'document', format: 'pdf', pageCount: 10 });
});
afterAll(async () => {
  await media.renderer.close();
  await rm(directory, { recursive: true, force: true });
});

async function sourceOf(path: string, facts: AssetFacts): Promise<RenderSource> {
  return { path, facts, size: (await stat(path)).size };
}

const all = (source: RenderSource, options: Partial<RenderOptions> = {}) =>
  Array.fromAsync(media.renderer.render(source, { ...calmly, ...options }));

async function file(name: string, bytes: string | Uint8Array, facts: AssetFacts): Promise<RenderSource> {
  const path = join(directory, name);
  await writeFile(path, bytes);
  return sourceOf(path, facts);
}

describe('the renderer', () => {
  it('makes every preset of a stage once, in the order the stage names them', async () => {
    for (const stage of ['first', 'rest'] as const) {
      const made = await all(pages, { stage });
      expect(made.map(({ preset }) => preset)).toEqual(presetsOf(pages.facts)[stage]);
    }
  });

  it('yields a page before the next is begun, and stops when nobody asks for more', async () => {
    const pagesMade = media.renderer.render(pages, { ...calmly, stage: 'rest' });
    expect((await pagesMade.next()).value).toMatchObject({ preset: 'page-1', state: 'image' });
    await pagesMade.return();
    // The only place is free again at once.
    expect(await all(picture)).toMatchObject([{ preset: 'thumb', state: 'image' }]);
  });

  it('lets a person who waits in between the pages of a long file', async () => {
    const order: string[] = [];
    const [, urgent] = await Promise.all([
      all(pages, { stage: 'rest' }).then(() => order.push('pages')),
      all(picture, { urgent: true }).then((made) => {
        order.push('picture');
        return made;
      }),
    ]);
    expect(order).toEqual(['picture', 'pages']);
    expect(urgent).toMatchObject([{ state: 'image' }]);
  });

  it('fails exactly the presets that were not made yet', async () => {
    const lying = { ...pages, facts: { type: 'document', format: 'pdf', pageCount: 13 } } as const;
    const made = await all(lying, { stage: 'rest' });
    expect(made.map(({ preset }) => preset)).toEqual(presetsOf(lying.facts).rest);
    expect(made.map(({ state }) => state)).toEqual([...Array(10).fill('image'), ...Array(3).fill('failed')]);
    expect(made[10]).toMatchObject({ reason: expect.stringContaining('page 11') });
  });

  it.each([
    ['png', { type: 'image', format: 'png', width: 5, height: 5 }],
    ['jpg', { type: 'image', format: 'jpg', width: 5, height: 5 }],
    ['svg', { type: 'image', format: 'svg', width: 5, height: 5 }],
    ['pdf', { type: 'document', format: 'pdf', pageCount: 1 }],
    ['docx', { type: 'document', format: 'docx', pageCount: 1 }],
  ] as const)('fails with a reason where a file claims to be %s and is nothing', async (name, facts) => {
    const made = await all(await file(`nothing.${name}`, 'not at all', facts));
    expect(made.map(({ preset }) => preset)).toEqual(presetsOf(facts).first);
    // LibreOffice takes any text, so that one gets a cover.
    if (name !== 'docx')
      for (const outcome of made)
        expect(outcome).toMatchObject({ state: 'failed', reason: expect.stringMatching(/./) });
  });

  it('does not blame a file that is not there', async () => {
    await expect(all({ ...picture, path: join(directory, 'gone.png') })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('rejects with the reason of a signal, before and while it works', async () => {
    const reason = new Error('enough');
    await expect(all(picture, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const made = media.renderer.render(pages, { ...calmly, stage: 'rest', signal: controller.signal });
    await made.next();
    controller.abort(reason);
    await expect(made.next()).rejects.toBe(reason);
    expect(await all(picture)).toMatchObject([{ state: 'image' }]);
  });

  it('survives a process that is killed while it works', async () => {
    await all(picture);
    const making = all(pages, { stage: 'rest' });
    process.kill(started.at(-1) ?? 0, 'SIGKILL');
    expect((await making).map(({ state }) => state)).toEqual(Array(10).fill('image'));
  });

  it('leaves no folder behind, and is unavailable once it is closed', async () => {
    const ownScratch = join(directory, 'own-scratch');
    const own = createMediaTools({ scratch: ownScratch });
    const sound = await makeFixture('mp3', directory);
    await Array.fromAsync(own.renderer.render(await sourceOf(sound.path, sound.facts), calmly));
    await own.renderer.close();
    const closed = Array.fromAsync(own.renderer.render(picture, calmly));
    await expect(closed).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === 'unavailable',
    );
    expect(await readdir(ownScratch)).toEqual([]);
  });
});

describe('a picture that comes out of the sandbox', () => {
  const webp = Buffer.from('RIFF\x10\0\0\0WEBPVP8 ....').toString('base64');
  const sent = { webp, width: 10, height: 10, thumbhash: null };
  const read = (...pictures: unknown[]) => resultReaders.picture({ pictures });

  it('is taken when it can be one, and nothing else is', () => {
    expect(read(sent)).toEqual({ pictures: [sent] });
    expect(read({ ...sent, thumbhash: 'PggCBQD4V3iI1zeIaHaZdw' })).not.toBeNull();
    for (const wrong of [
      { webp: Buffer.from('<script>').toString('base64') },
      { webp: webp.padEnd(5 * 1024 * 1024, 'A') },
      { webp: [82, 73] },
      { width: 1281 },
      { height: 0 },
      { width: 1.5 },
      { thumbhash: '<b>' },
      { thumbhash: 'A'.repeat(500) },
    ]) {
      expect(read({ ...sent, ...wrong }), JSON.stringify(wrong).slice(0, 60)).toBeNull();
    }
    expect(read()).toBeNull();
    expect(read(sent, sent, sent)).toBeNull();
    expect(resultReaders.page({ pictures: 'no' })).toBeNull();
    expect(readReply({ kind: 'done', result: null })).toEqual({ kind: 'done', result: null });
  });
});
