import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssetFormat, mimeTypeOf } from '@vitrine/schema';
import { fixtureFormats, fixtureVariants, type MediaFixture, makeFixtures } from '@vitrine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaTools } from '../src/index.ts';
import { inspectFile } from './inspect-file.ts';
import {
  docPages,
  drawingSize,
  headerMs,
  packetsMs,
  pdfPages,
  pictureSize,
  soxMs,
  videoSize,
} from './oracle.ts';

const { inspector } = createMediaTools();
let directory: string;
let fixtures: readonly MediaFixture[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-facts-'));
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

const casesOf = (formats: readonly AssetFormat[]) =>
  formats.flatMap((format) => fixtureVariants(format).map((variant) => [format, variant] as const));

async function inspectFixture(format: AssetFormat, variant: string) {
  const fixture = fixtureOf(format, variant);
  return { fixture, facts: await inspectFile(inspector, fixture.path) };
}

/** Oracles count the encoder's padding in different ways: 50 ms, or one packet of the slowest stream (1024 at 22.05 kHz). */
const toleranceMs = 50;
/** What a packet lasts at most in the fixtures: a frame at 25 fps and an AAC frame at 22.05 kHz. */
const packetMs = 47;

function expectClose(found: number, expected: number | null, tolerance = toleranceMs): void {
  expect(expected).not.toBeNull();
  expect(
    Math.abs(found - (expected ?? 0)),
    `${found} ms, and the oracle says ${expected}`,
  ).toBeLessThanOrEqual(tolerance);
}

describe('what is read of every format', () => {
  it.each(casesOf(fixtureFormats))('%s (%s) is recognised with what was put in', async (format, variant) => {
    const { fixture, facts } = await inspectFixture(format, variant);
    const { mimeType, ...rest } = facts;
    expect(mimeType).toBe(mimeTypeOf(format));
    expect({ ...rest, durationMs: 0 }).toEqual({ ...fixture.facts, durationMs: 0 });
    if ('durationMs' in rest && 'durationMs' in fixture.facts) {
      expectClose(rest.durationMs, fixture.facts.durationMs, 2 * packetMs);
    }
  });

  it.each(fixtureFormats)('%s has at least two files here', (format) => {
    expect(fixtureVariants(format).length).toBeGreaterThanOrEqual(2);
  });
});

describe('pictures', () => {
  it.each(casesOf(['jpg', 'jpeg', 'png', 'webp', 'gif']))(
    '%s (%s) measures what exiftool says',
    async (...file) => {
      const { fixture, facts } = await inspectFixture(...file);
      expect(facts).toMatchObject(await pictureSize(fixture.path));
    },
  );

  // The variant with units is compared with CSS, which is what browsers do: 'what was put in' above.
  it.each(casesOf(['svg']).filter(([, variant]) => variant !== 'units'))(
    '%s (%s) measures what librsvg says',
    async (...file) => {
      const { fixture, facts } = await inspectFixture(...file);
      expect(facts).toMatchObject(await drawingSize(fixture.path));
    },
  );

  it('are jpeg instead of jpg only by the name', async () => {
    const { path } = fixtureOf('jpg');
    expect(await inspectFile(inspector, path, 'a.JPEG')).toMatchObject({ format: 'jpeg' });
    expect(await inspectFile(inspector, path, 'a.png')).toMatchObject({ format: 'jpg' });
    expect(await inspectFile(inspector, path, 'jpeg')).toMatchObject({ format: 'jpg' });
  });
});

const unknownToFfprobe = new Set(['without-duration', 'live', 'streamed']);

describe('video', () => {
  it.each(casesOf(['mp4', 'webm', 'mov', 'avi', 'mkv']))('%s (%s) is what ffprobe says', async (...file) => {
    const { fixture, facts } = await inspectFixture(...file);
    expect(facts).toMatchObject(await videoSize(fixture.path));
    if (facts.type !== 'video') throw new Error('It is no video.');
    // Where the header does not say a duration, ffprobe guesses or gives up; its packets do not.
    const expected = unknownToFfprobe.has(fixture.variant)
      ? await packetsMs(fixture.path)
      : await headerMs(fixture.path);
    expectClose(facts.durationMs, expected);
  });
});

const lastsWhat = async ({ format, variant, path }: MediaFixture) => {
  // sox reads neither AAC nor M4A nor Opus; ffprobe guesses ADTS from its bit rate and stops at the first link of a chain.
  if (format === 'aac') return packetsMs(path);
  if (format === 'm4a' || variant === 'opus' || variant === 'flac' || variant === 'streamed')
    return headerMs(path);
  return soxMs(path);
};

describe('sound', () => {
  it.each(casesOf(['mp3', 'wav', 'ogg', 'aac', 'm4a']))(
    '%s (%s) lasts what sox or ffprobe says',
    async (...file) => {
      const { fixture, facts } = await inspectFixture(...file);
      if (facts.type !== 'audio') throw new Error('It is no sound.');
      expectClose(facts.durationMs, await lastsWhat(fixture));
    },
  );
});

describe('documents', () => {
  it.each(casesOf(['pdf']))('%s (%s) has the pages that pdfinfo counts', async (...file) => {
    const { fixture, facts } = await inspectFixture(...file);
    expect(facts).toMatchObject({ pageCount: await pdfPages(fixture.path) });
  });

  it.each(casesOf(['doc']))('%s (%s) has the pages that exiftool reads', async (...file) => {
    const { fixture, facts } = await inspectFixture(...file);
    expect(facts).toMatchObject({ pageCount: await docPages(fixture.path) });
  });
});
