import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { makeFixture, pdfFile, wordFile } from '@vitrine/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools, type MediaTools } from '../src/index.ts';
import { decode, distance, imageOf, type RenderedImage, renderFile } from './render-file.ts';

const media = createMediaTools();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-pages-'));
});
afterAll(async () => {
  await media.renderer.close();
  await rm(directory, { recursive: true, force: true });
});

async function written(name: string, bytes: string | Uint8Array): Promise<string> {
  const target = join(directory, name);
  await writeFile(target, bytes);
  return target;
}

/** Of covers that are set here; LibreOffice's are white. */
const paper = [252, 251, 249];

/** Media tools where the programs that confine others are there, and LibreOffice is not. */
async function withoutOffice<T>(work: (own: MediaTools) => Promise<T>): Promise<T> {
  const programs = join(directory, 'programs');
  await mkdir(programs, { recursive: true });
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['unshare', 'sh', 'mount', 'id', 'setpriv', 'nice', 'prlimit']) {
      if (existsSync(join(folder, name)))
        await symlink(join(folder, name), join(programs, name)).catch(() => {});
    }
  }
  const own = createMediaTools({ searchPath: programs });
  try {
    return await work(own);
  } finally {
    await own.renderer.close();
  }
}

/** How much of a picture is not as light as paper. */
async function inkOf(image: RenderedImage): Promise<number> {
  const data = await sharp(image.bytes).flatten({ background: '#fff' }).greyscale().raw().toBuffer();
  return data.filter((value) => value < 160).length / data.length;
}

/** A PDF of one empty page of this size, with a black square in the middle. */
function pageOf(width: number, height: number, more = ''): string {
  const edge = Math.min(width, height) / 2;
  const content = `${(width - edge) / 2} ${(height - edge) / 2} ${edge} ${edge} re f`;
  return [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]${more}/Contents 4 0 R>>endobj`,
    `4 0 obj<</Length ${content.length}>>stream\n${content}\nendstream endobj`,
    'trailer<</Root 1 0 R>>\n%%EOF\n',
  ].join('\n');
}

describe('a PDF', () => {
  it('has a cover and a thumb of its first page, on white', async () => {
    const rendered = await renderFile(media, (await makeFixture('pdf', directory)).path);
    const [cover, thumb] = [imageOf(rendered, 'cover'), imageOf(rendered, 'thumb')];
    expect([cover.width, cover.height, cover.thumbhash]).toEqual([902, 1280, null]);
    expect([thumb.width, thumb.height]).toEqual([226, 320]);
    expect(thumb.thumbhash).toMatch(/^[A-Za-z0-9+/=]{20,40}$/);
    expect((await decode(cover)).at(5, 5)).toEqual([255, 255, 255, 255]);
    expect(await inkOf(cover)).toBeGreaterThan(0.0005);
  });

  it('has a preview of each of its pages, yielded in their order', async () => {
    const { path: pages } = await makeFixture('pdf', directory, { variant: 'three-pages' });
    const { outcomes } = await renderFile(media, pages, { stage: 'rest' });
    expect(outcomes.map(({ preset, state }) => [preset, state])).toEqual(
      ['page-1', 'page-2', 'page-3'].map((preset) => [preset, 'image']),
    );
  });

  it('has previews of its first twenty pages at most', async () => {
    const { outcomes, facts } = await renderFile(media, await written('long.pdf', await pdfFile(33)), {
      stage: 'rest',
    });
    expect(facts).toMatchObject({ pageCount: 33 });
    expect(outcomes.map(({ preset }) => preset)).toEqual(
      Array.from({ length: 20 }, (_, index) => `page-${index + 1}`),
    );
  });

  it.each([
    ['of a label', 20, 10, '', [1280, 640]],
    ['of 5 m', 14_400, 14_400, '', [1280, 1280]],
    ['of an impossible size', 9_000_000, 3_000_000, '', [1280, 427]],
    ['turned by a quarter', 200, 100, '/Rotate 90', [640, 1280]],
  ] as const)('%s is drawn with at most 1280 px', async (name, width, height, more, size) => {
    const cover = imageOf(
      await renderFile(media, await written(`${name}.pdf`, pageOf(width, height, more))),
      'cover',
    );
    expect([cover.width, cover.height]).toEqual(size);
    const { at } = await decode(cover);
    // PDFium draws nothing so far out; the page is there, and small.
    if (width > 1_000_000) return;
    expect(at(size[0] / 2, size[1] / 2)[0]).toBeLessThan(20);
    expect(at(3, 3)[0]).toBeGreaterThan(235);
  });

  it('with a password fails, and says why', async () => {
    const { path: locked } = await makeFixture('pdf', directory, { variant: 'encrypted' });
    const { outcomes } = await renderFile(media, locked);
    expect(outcomes.map(({ preset }) => preset)).toEqual(['cover', 'thumb']);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ state: 'failed', reason: expect.stringContaining('encrypted') });
    expect((await renderFile(media, locked, { stage: 'rest' })).outcomes).toEqual([]);
  });
});

describe('a text', () => {
  it.each([
    ['Latin', 'Spring campaign\n\nNotes from the vineyard, read by three people.\n'],
    ['Greek', 'Ελληνικά\nΟι πρώτες γραμμές του κειμένου.\n'],
    ['Cyrillic', 'Весняна кампанія\nПерші рядки тексту.\n'],
    ['Arabic', 'مرحبا بالعالم\nالسطر الأول من النص.\n'],
    ['markup', 'Title\n<b>&amp; <span size="9999999">not markup</span>\n</span>]]>\n'],
    ['one endless word', `${'a'.repeat(5000)}\n`],
    ['a very long line', `Title\n${'word '.repeat(40_000)}\n`],
    ['terminal colours', '\u001b[31mred\u001b[0m\nline\n'],
  ])('in or with %s has a cover with its first lines', async (name, text) => {
    const rendered = await renderFile(media, await written(`${name}.txt`, text));
    const cover = imageOf(rendered, 'cover');
    expect([cover.width, cover.height]).toEqual([905, 1280]);
    expect(await inkOf(cover)).toBeGreaterThan(0.001);
    expect(distance((await decode(cover)).at(20, 20), paper)).toBeLessThan(3);
    expect(imageOf(rendered, 'thumb').thumbhash).not.toBeNull();
  });

  it('of which only the title is there, or nothing at all, has a cover as well', async () => {
    for (const [name, text] of [
      ['title', 'Only a title'],
      ['nothing', '\n \n\t\n'],
      ['marks', '-----\n***\n'],
    ] as const) {
      imageOf(await renderFile(media, await written(`${name}.txt`, text)), 'cover');
    }
  });

  it('sets Arabic from the right', async () => {
    const cover = imageOf(await renderFile(media, await written('right.txt', 'مرحبا')), 'cover');
    const half = async (left: number) => {
      const side = await sharp(cover.bytes)
        .extract({ left, top: 0, width: 452, height: 1280 })
        .greyscale()
        .raw()
        .toBuffer();
      return side.filter((value) => value < 160).length;
    };
    expect(await half(453)).toBeGreaterThan(0);
    expect(await half(0)).toBe(0);
  });
});

describe('a Word file', () => {
  it.each(['docx', 'doc'] as const)(
    '(%s) has a cover of its first page by LibreOffice, which leaves nothing behind',
    async (format) => {
      const scratch = join(directory, `scratch-${format}`);
      await mkdir(scratch);
      const own = createMediaTools({ scratch });
      try {
        const variant = format === 'doc' ? 'libreoffice' : 'with-pages';
        const rendered = await renderFile(own, (await makeFixture(format, directory, { variant })).path);
        expect((await decode(imageOf(rendered, 'cover'))).at(5, 5)).toEqual([255, 255, 255, 255]);
        expect(await inkOf(imageOf(rendered, 'cover'))).toBeGreaterThan(0.001);
        imageOf(rendered, 'thumb');
        const left = await readdir(scratch, { recursive: true });
        expect(left.filter((name) => name.includes('session-'))).toEqual([]);
      } finally {
        await own.renderer.close();
      }
      expect(await readdir(scratch)).toEqual([]);
    },
  );

  describe('where there is no LibreOffice', () => {
    it('(docx) has a cover set from its text', async () => {
      const file = await written('text.docx', await wordFile(3));
      const cover = await withoutOffice((own) => renderFile(own, file));
      expect(distance((await decode(imageOf(cover, 'cover'))).at(20, 20), paper)).toBeLessThan(3);
    });

    it('(doc) fails, and says what is needed', async () => {
      const { path: file } = await makeFixture('doc', directory);
      const { outcomes } = await withoutOffice((own) => renderFile(own, file));
      expect(outcomes.map(({ preset }) => preset)).toEqual(['cover', 'thumb']);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({
          state: 'failed',
          reason: expect.stringContaining('needs LibreOffice'),
        });
    });
  });
});
