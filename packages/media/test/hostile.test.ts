import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vitrine/core';
import { type AssetFormat, assetFactsSchema } from '@vitrine/schema';
import { fixtureFormats, makeFixture } from '@vitrine/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { familyOf } from '../src/detect/binary-signature.ts';
import { createMediaTools } from '../src/index.ts';
import { inspectFile } from './inspect-file.ts';

const { inspector } = createMediaTools();
let directory: string;
const originals = new Map<AssetFormat, Buffer>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vitrine-hostile-'));
  for (const format of fixtureFormats) {
    originals.set(format, await readFile((await makeFixture(format, directory)).path));
  }
});
afterAll(async () => {
  await inspector.close();
  await rm(directory, { recursive: true, force: true });
});

/** Whatever the bytes are, they give facts that make sense or a refusal, and soon. */
async function expectBounded(bytes: Uint8Array): Promise<void> {
  const path = join(directory, 'hostile');
  await writeFile(path, bytes);
  const started = performance.now();
  try {
    const { mimeType, ...facts } = await inspectFile(inspector, path);
    expect(assetFactsSchema.safeParse(facts).success, mimeType).toBe(true);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(['unsupported_format', 'unreadable_media']).toContain(error.code);
    expect(error.message.length).toBeGreaterThan(20);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
}

describe('hostile bytes', () => {
  it('are refused or understood when they are random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => expectBounded(bytes)),
      { numRuns: 150 },
    );
  });

  it('are refused or understood when random bytes follow a signature', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fixtureFormats),
        fc.uint8Array({ maxLength: 400 }),
        (format, bytes) =>
          expectBounded(Buffer.concat([(originals.get(format) ?? Buffer.alloc(0)).subarray(0, 16), bytes])),
      ),
      { numRuns: 200 },
    );
  });

  it('are refused or understood when bytes of a real file are changed', async () => {
    const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fixtureFormats),
        // Half of the changes go to the first 300 bytes, where the headers are.
        fc.array(change, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        (format, changes, early) => {
          const bytes = Buffer.from(originals.get(format) ?? []);
          const reach = early ? Math.min(300, bytes.length) : bytes.length;
          for (const [place, value] of changes) bytes[Math.floor(place * reach)] = value;
          return expectBounded(bytes);
        },
      ),
      { numRuns: 400 },
    );
  }, 120_000);

  it.each([
    ['an MP4 box', Buffer.from('000000186674797069736f6d0000000069736f6d6d703432', 'hex')],
    ['a WAV chunk', Buffer.from('524946460000000057415645', 'hex')],
    ['an Ogg page', Buffer.from('4f676753', 'hex')],
    ['an EBML element', Buffer.from('1a45dfa380', 'hex')],
    ['an MP3 frame', Buffer.from('fffb9064', 'hex')],
  ])('do not hold the inspector up with zeros behind %s', async (_what, start) => {
    const path = join(directory, 'sparse');
    await writeFile(path, start);
    await truncate(path, 2 * 1024 ** 3);
    const started = performance.now();
    await expect(inspectFile(inspector, path)).rejects.toBeInstanceOf(AppError);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('a large file', () => {
  it('is read in a moment although its header lies behind 5 GB', async () => {
    const bytes = originals.get('mp4') ?? Buffer.alloc(0);
    const at = bytes.indexOf('moov') - 4;
    const gap = 5 * 1024 ** 3;
    const path = join(directory, 'large.mp4');
    // A 'free' box with a 64-bit length between the samples and the header.
    const free = Buffer.alloc(16);
    free.writeUInt32BE(1, 0);
    free.write('free', 4);
    free.writeBigUInt64BE(BigInt(gap + 16), 8);
    await writeFile(path, Buffer.concat([bytes.subarray(0, at), free]));
    await truncate(path, at + 16 + gap);
    await writeFile(path, bytes.subarray(at), { flag: 'a' });
    const started = performance.now();
    expect(await inspectFile(inspector, path)).toMatchObject({ format: 'mp4', width: 128, height: 72 });
    // Less than reading the hole would take, also where all cores are busy.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('the signature of a format', () => {
  it('is recognised on every fixture that has one', () => {
    for (const [format, bytes] of originals) {
      const textual = format === 'svg' || format === 'txt';
      expect(familyOf(bytes) === null, format).toBe(textual);
    }
  });
});
