import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vitrine/core';
import { type AssetFormat, assetFormats } from '@vitrine/schema';
import { cutFile, fixtureFormats, fixtureVariants, type MediaFixture, makeFixtures } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { inspectFile, refusalOf } from './inspect-file.ts';
import { packetsMs } from './oracle.ts';

const { inspector } = createMediaTools();
let directory: string;
let fixtures: readonly MediaFixture[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-truncated-'));
  fixtures = await makeFixtures(directory);
}, 120_000);
afterAll(async () => {
  await inspector.close();
  await rm(directory, { recursive: true, force: true });
});

function fixtureOf(format: AssetFormat, variant = fixtureVariants(format)[0]): MediaFixture {
  const fixture = fixtures.find((made) => made.format === format && made.variant === variant);
  if (!fixture) throw new Error(`There is no ${format} fixture '${variant}'.`);
  return fixture;
}

const parts = [0.25, 0.5, 0.75, 0.99];

/** Files that carry no word about their whole length: what is there is a whole, shorter file. See docs/media-facts.md. */
const endsAnywhere = new Set([
  'mp3 constant-rate',
  'mp3 variable-rate-without-header',
  'wav streamed',
  'ogg chained',
  'txt utf-8',
  'txt utf-8-with-mark',
  'txt utf-16',
  'txt windows-1252',
]);

const bounded = fixtureFormats.flatMap((format) =>
  fixtureVariants(format)
    .filter((variant) => !endsAnywhere.has(`${format} ${variant}`))
    .map((variant) => [format, variant] as const),
);

describe('a file that was cut', () => {
  it.each(bounded)(
    'is refused when it is %s (%s) and a quarter or more is missing',
    async (format, variant) => {
      const whole = fixtureOf(format, variant);
      for (const part of parts.slice(0, 3)) {
        const refusal = await refusalOf(inspector, await cutFile(whole, directory, part));
        expect(refusal.code, refusal.message).toBe('unreadable_media');
      }
    },
  );

  it.each(bounded)('%s (%s) is refused at 99 % or says what the whole file says', async (format, variant) => {
    const whole = fixtureOf(format, variant);
    const path = await cutFile(whole, directory, 0.99);
    const expected = await inspectFile(inspector, whole.path);
    // What is missing then is a tag, an index or padding: no fact depends on it.
    const found = await inspectFile(inspector, path, whole.fileName).catch((error: unknown) => error);
    if (found instanceof AppError) expect(found.code).toBe('unreadable_media');
    else expect(found).toEqual(expected);
  });

  it.each([
    ['jpg', 'pixels end early'],
    ['png', 'pixels end early'],
    ['webp', 'header says'],
    ['gif', 'pixels end early'],
    ['mp4', 'longer than the file'],
    ['webm', 'header says'],
    ['avi', 'header says'],
    ['wav', 'bytes of sound are there'],
    ['aac', 'within a frame'],
    ['ogg', 'within a page'],
    ['pdf', 'end mark'],
    ['doc', 'before its contents'],
    ['docx', 'directory'],
  ] satisfies [AssetFormat, string][])('says of %s what is missing and what to do', async (format, words) => {
    const whole = fixtureOf(format);
    const { message } = await refusalOf(inspector, await cutFile(whole, directory, 0.5));
    expect(message).toContain('truncated');
    expect(message).toContain(words);
    expect(message).toMatch(/Copy it again|export it again/);
  });

  it.each([
    ['mp3', 'constant-rate'],
    ['mp3', 'variable-rate-without-header'],
    ['wav', 'streamed'],
  ] satisfies [AssetFormat, string][])(
    'is taken for the length it has when it is %s (%s)',
    async (format, variant) => {
      const whole = fixtureOf(format, variant);
      for (const part of parts) {
        const path = await cutFile(whole, directory, part);
        const facts = await inspectFile(inspector, path);
        if (facts.type !== 'audio') throw new Error('It is no sound.');
        expect(Math.abs(facts.durationMs - (await packetsMs(path)))).toBeLessThanOrEqual(50);
      }
    },
  );
});

describe('an empty file', () => {
  it.each(assetFormats)('is refused when it is named .%s', async (format) => {
    const path = join(directory, 'empty');
    await writeFile(path, '');
    const refusal = await refusalOf(inspector, path, `a.${format}`);
    expect(refusal.code).toBe('unreadable_media');
    expect(refusal.message).toContain('empty');
  });
});
