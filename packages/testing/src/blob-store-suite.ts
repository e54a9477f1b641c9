import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import {
  AppError,
  BlobMissingError,
  type BlobStore,
  type ByteRange,
  type StagedBlob,
  type StagingArea,
} from '@vitrine/core';
import { type Sha256, sha256Schema } from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** A disk that fails with this code while bytes are received, or while a staged blob is put into the store. */
export interface BlobFault {
  readonly during: 'receive' | 'put';
  readonly code: 'ENOSPC' | 'EIO';
}

/** One store with a staging area of its own, for one test. */
export interface BlobStoreFixture extends AsyncDisposable {
  readonly store: BlobStore;
  readonly staging: StagingArea;
  readonly stagingDirectory: string;
}

export interface BlobStoreSuite {
  create(fault?: BlobFault): Promise<BlobStoreFixture>;
  /** What `create` can inject. */
  readonly faults: readonly BlobFault[];
}

const mebibyte = 1024 * 1024;
/** Crosses the chunk and buffer sizes of every store, and ends in the middle of one. */
const largeBytes = 1_200_007;
const absent = sha256Schema.parse('0'.repeat(64));

/** The contract of `BlobStore` and of the staging area before it; every store passes it. */
export function describeBlobStore(name: string, suite: BlobStoreSuite): void {
  describe(`${name}: storing and reading`, () => {
    test.each([0, 1, 262_143, 262_144, 262_145, largeBytes])(
      '%i bytes come back as they went in',
      async (size) => {
        await using fixture = await suite.create();
        const bytes = sampleBytes(size);
        const staged = await put(fixture, bytes);
        expect(staged.sha256).toBe(sha256Of(bytes));
        expect(staged.size).toBe(size);
        expect(sameBytes(await readAll(fixture.store, staged.sha256), bytes)).toBe(true);
        expect(await fixture.store.stat(staged.sha256)).toEqual({ size });
        expect(await readdir(fixture.stagingDirectory)).toEqual([]);
      },
    );

    test('a range is what Buffer.subarray would give', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(largeBytes);
      const { sha256 } = await put(fixture, bytes);
      const edges = [0, 1, 262_143, 262_144, 262_145, 524_287, 524_288, largeBytes - 2, largeBytes - 1];
      const offset = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: largeBytes - 1 }));
      await fc.assert(
        fc.asyncProperty(offset, offset, async (one, other) => {
          const range = { start: Math.min(one, other), end: Math.max(one, other) };
          const part = await readAll(fixture.store, sha256, range);
          expect(sameBytes(part, bytes.subarray(range.start, range.end + 1))).toBe(true);
        }),
        { numRuns: 60 },
      );
    });

    test('a range that is not within the blob is refused', async () => {
      await using fixture = await suite.create();
      const { sha256 } = await put(fixture, sampleBytes(10));
      const wrong: ByteRange[] = [
        { start: 0, end: 10 },
        { start: 10, end: 10 },
        { start: -1, end: 3 },
        { start: 4, end: 3 },
        { start: 0.5, end: 3 },
        { start: 0, end: Number.NaN },
      ];
      for (const range of wrong) await expect(fixture.store.open(sha256, range)).rejects.toThrow(RangeError);
      const empty = await put(fixture, Buffer.alloc(0));
      await expect(fixture.store.open(empty.sha256, { start: 0, end: 0 })).rejects.toThrow(RangeError);
    });

    test('buffers are of bounded size', async () => {
      await using fixture = await suite.create();
      const { sha256 } = await put(fixture, sampleBytes(5 * mebibyte));
      let largest = 0;
      for await (const piece of await fixture.store.open(sha256)) largest = Math.max(largest, piece.length);
      expect(largest).toBeLessThanOrEqual(mebibyte / 2);
    });

    test('a reader that is destroyed early leaves the blob readable and removable', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(largeBytes);
      const { sha256 } = await put(fixture, bytes);
      for (let turn = 0; turn < 20; turn += 1) {
        const reader = await fixture.store.open(sha256);
        if (turn % 2 === 0) for await (const _ of reader) break;
        reader.destroy();
        await closed(reader);
      }
      expect(sameBytes(await readAll(fixture.store, sha256), bytes)).toBe(true);
      expect(await fixture.store.delete(sha256)).toBe(true);
    });

    test('a blob that is deleted while it is read ends whole or with an error, never as a part', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(largeBytes);
      const { sha256 } = await put(fixture, bytes);
      const pieces: Buffer[] = [];
      let failure: unknown = null;
      try {
        for await (const piece of await fixture.store.open(sha256)) {
          pieces.push(piece);
          if (pieces.length === 1) await fixture.store.delete(sha256);
        }
      } catch (error) {
        failure = error;
      }
      if (failure === null) expect(sameBytes(Buffer.concat(pieces), bytes)).toBe(true);
      else expect(failure).toBeInstanceOf(BlobMissingError);
    });

    test('a hash that is not there is missing, has no size and cannot be deleted', async () => {
      await using fixture = await suite.create();
      await expect(fixture.store.open(absent)).rejects.toThrow(BlobMissingError);
      await expect(fixture.store.open(absent, { start: 0, end: 0 })).rejects.toThrow(BlobMissingError);
      expect(await fixture.store.stat(absent)).toBeNull();
      expect(await fixture.store.delete(absent)).toBe(false);
    });

    test('a store that has files tells where each blob lies, and there are just its bytes', async () => {
      await using fixture = await suite.create();
      const { pathOf } = fixture.store;
      if (!pathOf) return;
      const bytes = sampleBytes(largeBytes);
      const { sha256 } = await put(fixture, bytes);
      expect(sameBytes(await readFile(pathOf(sha256)), bytes)).toBe(true);
      await expect(readFile(pathOf(absent))).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('a deleted blob is gone and can be put again', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(1000);
      const { sha256 } = await put(fixture, bytes);
      expect(await fixture.store.delete(sha256)).toBe(true);
      expect(await fixture.store.delete(sha256)).toBe(false);
      expect(await fixture.store.stat(sha256)).toBeNull();
      await expect(fixture.store.open(sha256)).rejects.toThrow(BlobMissingError);
      await put(fixture, bytes);
      expect(sameBytes(await readAll(fixture.store, sha256), bytes)).toBe(true);
    });

    test('the list has every hash once', async () => {
      await using fixture = await suite.create();
      const hashes = new Set<Sha256>();
      for (let size = 0; size < 25; size += 1) hashes.add((await put(fixture, sampleBytes(size))).sha256);
      await put(fixture, sampleBytes(3));
      const listed = await hashesIn(fixture.store);
      expect(listed.length).toBe(25);
      expect(new Set(listed)).toEqual(hashes);
    });

    test('putting a hash again succeeds and keeps the bytes', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(largeBytes);
      const first = await put(fixture, bytes);
      const second = await put(fixture, bytes);
      expect(second.sha256).toBe(first.sha256);
      expect(sameBytes(await readAll(fixture.store, first.sha256), bytes)).toBe(true);
      expect(await hashesIn(fixture.store)).toEqual([first.sha256]);
      expect(await readdir(fixture.stagingDirectory)).toEqual([]);
    });

    test('sixteen puts of the same bytes at once all succeed and store them once', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(300_000);
      await Promise.all(Array.from({ length: 16 }, () => put(fixture, bytes)));
      expect(sameBytes(await readAll(fixture.store, sha256Of(bytes)), bytes)).toBe(true);
      expect(await hashesIn(fixture.store)).toEqual([sha256Of(bytes)]);
      expect(await readdir(fixture.stagingDirectory)).toEqual([]);
    });

    test('replacing puts back what is gone, and leaves alone what is right', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(largeBytes);
      for (let turn = 0; turn < 2; turn += 1) {
        const staged = await stage(fixture, bytes);
        await fixture.store.replace(staged);
        await fixture.staging.discard(staged);
        expect(sameBytes(await readAll(fixture.store, staged.sha256), bytes)).toBe(true);
      }
      expect(await hashesIn(fixture.store)).toEqual([sha256Of(bytes)]);
      expect(await readdir(fixture.stagingDirectory)).toEqual([]);
    });

    test('a name that is not a hash is refused before it becomes a path or a key', async () => {
      await using fixture = await suite.create();
      const staged = await stage(fixture, sampleBytes(10));
      const upper = staged.sha256.toUpperCase();
      for (const text of [
        '',
        '..',
        '../../etc/passwd',
        `${'a'.repeat(61)}/..`,
        'a'.repeat(63),
        upper,
        `${absent}\n`,
      ]) {
        // What a caller that was never type-checked might pass.
        const name = text as Sha256;
        await expect(fixture.store.open(name)).rejects.toThrow(TypeError);
        await expect(fixture.store.stat(name)).rejects.toThrow(TypeError);
        await expect(fixture.store.delete(name)).rejects.toThrow(TypeError);
        await expect(fixture.store.put({ ...staged, sha256: name })).rejects.toThrow(TypeError);
      }
      expect(await readFile(staged.path)).toEqual(sampleBytes(10));
      await fixture.staging.discard(staged);
    });

    test('a staged file that has gone is an error and nothing is stored', async () => {
      await using fixture = await suite.create();
      const staged = await stage(fixture, sampleBytes(10));
      await fixture.staging.discard(staged);
      await expect(fixture.store.put(staged)).rejects.toThrow();
      await expectNothing(fixture, staged.sha256);
    });
  });

  describe(`${name}: receiving`, () => {
    test('exactly the allowed bytes are received, one more is too large', async () => {
      await using fixture = await suite.create();
      const bytes = sampleBytes(largeBytes);
      const maxBytes = bytes.length;
      const staged = await fixture.staging.receive(sourceOf(bytes), { maxBytes });
      expect(sameBytes(await readFile(staged.path), bytes)).toBe(true);
      await fixture.staging.discard(staged);
      const source = sourceOf(bytes);
      await expectCode(fixture.staging.receive(source, { maxBytes: maxBytes - 1 }), 'too_large');
      expect(source.destroyed).toBe(true);
      await expectNothing(fixture, sha256Of(bytes));
    });

    test("too large is said while bytes still come, not at the source's end", async () => {
      await using fixture = await suite.create();
      const endless = new PassThrough();
      endless.write(sampleBytes(100));
      await expectCode(fixture.staging.receive(endless, { maxBytes: 99 }), 'too_large');
      await expectNothing(fixture, absent);
    });

    test('text and odd chunk sizes are bytes like all others', async () => {
      await using fixture = await suite.create();
      const text = Readable.from(['Grüße, ', '', '世界'], { objectMode: false }).setEncoding('utf8');
      const staged = await fixture.staging.receive(text, { maxBytes: 100 });
      expect(await readFile(staged.path, 'utf8')).toBe('Grüße, 世界');
      await fixture.staging.discard(staged);
    });

    test("the source's own error is passed on and nothing stays", async () => {
      await using fixture = await suite.create();
      const reason = new Error('the line went dead');
      const source = Readable.from(
        (async function* () {
          yield sampleBytes(400_000);
          throw reason;
        })(),
        { objectMode: false },
      );
      await expect(fixture.staging.receive(source, { maxBytes: mebibyte })).rejects.toBe(reason);
      await expectNothing(fixture, absent);
    });

    test('a source that is closed before its end, or was used before, is an error', async () => {
      await using fixture = await suite.create();
      const cut = new PassThrough();
      cut.write(sampleBytes(1000));
      const receiving = fixture.staging.receive(cut, { maxBytes: mebibyte });
      setTimeout(() => cut.destroy(), 5);
      await expect(receiving).rejects.toThrow();
      await expect(fixture.staging.receive(cut, { maxBytes: mebibyte })).rejects.toThrow();
      const used = sourceOf(sampleBytes(10));
      await used.toArray();
      await expect(fixture.staging.receive(used, { maxBytes: mebibyte })).rejects.toThrow();
      await expectNothing(fixture, absent);
    });

    test('an abort in the middle rejects with its reason, destroys the source and leaves nothing', async () => {
      await using fixture = await suite.create();
      const source = new PassThrough();
      source.write(sampleBytes(500_000));
      const abort = new AbortController();
      const reason = new Error('the user went away');
      const receiving = fixture.staging.receive(source, { maxBytes: mebibyte, signal: abort.signal });
      setTimeout(() => abort.abort(reason), 5);
      await expect(receiving).rejects.toBe(reason);
      expect(source.destroyed).toBe(true);
      await expectNothing(fixture, absent);
    });

    test('a signal that was aborted before refuses at once', async () => {
      await using fixture = await suite.create();
      const reason = new Error('never mind');
      const source = sourceOf(sampleBytes(10));
      const signal = AbortSignal.abort(reason);
      await expect(fixture.staging.receive(source, { maxBytes: 100, signal })).rejects.toBe(reason);
      expect(source.destroyed).toBe(true);
      await expectNothing(fixture, absent);
    });

    test('discarding twice does nothing the second time', async () => {
      await using fixture = await suite.create();
      const staged = await stage(fixture, sampleBytes(10));
      await fixture.staging.discard(staged);
      await fixture.staging.discard(staged);
      expect(await readdir(fixture.stagingDirectory)).toEqual([]);
    });

    test('a sweep leaves alone what this process has received and not yet discarded', async () => {
      await using fixture = await suite.create();
      const staged = await stage(fixture, sampleBytes(10));
      expect(await fixture.staging.sweep(-60_000)).toBe(0);
      expect(await readFile(staged.path)).toEqual(sampleBytes(10));
      await fixture.staging.discard(staged);
    });
  });

  for (const fault of suite.faults) {
    test(`${name}: ${fault.code} during ${fault.during} is told and leaves nothing`, async () => {
      await using fixture = await suite.create(fault);
      const bytes = sampleBytes(largeBytes);
      const received = stage(fixture, bytes);
      if (fault.during === 'put') {
        const staged = await received;
        await expectFault(fixture.store.put(staged), fault);
        await fixture.staging.discard(staged);
      } else {
        await expectFault(received, fault);
      }
      await expectNothing(fixture, sha256Of(bytes));
    });
  }
}

/** The same bytes for the same size, without a pattern that repeats within a chunk. */
export function sampleBytes(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let state = (size + 1) >>> 0;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

function sourceOf(bytes: Buffer): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    })(),
    { objectMode: false },
  );
}

function stage({ staging }: BlobStoreFixture, bytes: Buffer): Promise<StagedBlob> {
  return staging.receive(sourceOf(bytes), { maxBytes: 64 * mebibyte });
}

async function put(fixture: BlobStoreFixture, bytes: Buffer): Promise<StagedBlob> {
  const staged = await stage(fixture, bytes);
  await fixture.store.put(staged);
  await fixture.staging.discard(staged);
  return staged;
}

async function readAll(store: BlobStore, sha256: Sha256, range?: ByteRange): Promise<Buffer> {
  return Buffer.concat(await (await store.open(sha256, range)).toArray());
}

async function hashesIn(store: BlobStore): Promise<Sha256[]> {
  const hashes: Sha256[] = [];
  for await (const hash of store.list()) hashes.push(hash);
  return hashes;
}

async function expectNothing({ store, stagingDirectory }: BlobStoreFixture, sha256: Sha256): Promise<void> {
  expect(await readdir(stagingDirectory)).toEqual([]);
  expect(await store.stat(sha256)).toBeNull();
  await expect(store.open(sha256)).rejects.toThrow(BlobMissingError);
  expect(await hashesIn(store)).toEqual([]);
}

async function expectCode(doing: Promise<unknown>, code: AppError['code']): Promise<void> {
  const error = await doing.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code });
}

function expectFault(doing: Promise<unknown>, { code }: BlobFault): Promise<void> {
  return code === 'ENOSPC'
    ? expectCode(doing, 'storage_full')
    : expect(doing).rejects.toMatchObject({ code: 'EIO' });
}

/** Comparing through the matcher would print megabytes. */
function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.equals(other);
}

function closed(stream: Readable): Promise<void> {
  return stream.closed ? Promise.resolve() : new Promise((resolve) => stream.once('close', resolve));
}

function sha256Of(bytes: Buffer): Sha256 {
  return sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'));
}
