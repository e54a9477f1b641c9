import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type AppendOptions, uuidIds } from '@vitrine/core';
import { expect, test } from 'vitest';
import { createDiskResumableStaging } from '../src/disk-resumable-staging.ts';
import { createFaultyFileSystem, type Faults } from './faulty-file-system.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const mebibyte = 1024 * 1024;

async function fixtureWith(faults: Faults = {}, minFreeBytes = 0) {
  const parent = await temporaryDirectory();
  const directory = join(parent.path, 'staging');
  const fs = createFaultyFileSystem(faults);
  const staging = await createDiskResumableStaging({ directory, minFreeBytes, fs });
  const id = uuidIds.upload();
  const durable: number[] = [];
  return {
    ...{ staging, directory, fs, id, durable },
    file: join(directory, `${id}.upload`),
    append: (source: Readable, options: Partial<AppendOptions> = {}) =>
      staging.append(id, source, {
        offset: 0,
        maxBytes: 100 * mebibyte,
        onDurable: async (received) => {
          durable.push(received);
        },
        ...options,
      }),
    [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose](),
  };
}
const from = (bytes: Buffer) => Readable.from([bytes], { objectMode: false });
/** One after the other, each written before the next comes; then the connection breaks. */
function breaking(...pieces: readonly Buffer[]): Readable {
  return Readable.from(
    (async function* () {
      for (const piece of pieces) {
        yield piece;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('cut');
    })(),
    { objectMode: false },
  );
}

test('pieces become one file, each counted only after its fsync', async () => {
  await using fixture = await fixtureWith();
  const bytes = randomBytes(3 * mebibyte);
  expect(await fixture.append(from(bytes.subarray(0, mebibyte)))).toBe(mebibyte);
  expect(fixture.fs.calls).toEqual([`sync ${fixture.directory}`, `sync ${fixture.file}`]);
  const rest = from(bytes.subarray(mebibyte));
  expect(await fixture.append(rest, { offset: mebibyte })).toBe(3 * mebibyte);
  expect(fixture.durable).toEqual([mebibyte, 3 * mebibyte]);
  const staged = await fixture.staging.complete(fixture.id, bytes.length);
  expect(staged).toMatchObject({
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect((await readFile(staged.path)).equals(bytes)).toBe(true);
  expect((await stat(staged.path)).mode & 0o777).toBe(0o600);
});

test('bytes that came in one go are not read again, others are', async () => {
  await using fixture = await fixtureWith();
  const bytes = randomBytes(3 * mebibyte);
  const hashOf = (whole: Buffer) => createHash('sha256').update(whole).digest('hex');
  const complete = async () => (await fixture.staging.complete(fixture.id, bytes.length)).sha256;
  await fixture.append(from(bytes.subarray(0, mebibyte)));
  await fixture.append(from(bytes.subarray(mebibyte)), { offset: mebibyte });
  // Behind its back, to see whether it looks.
  const other = randomBytes(bytes.length);
  await writeFile(fixture.file, other);
  expect(await complete()).toBe(hashOf(bytes));
  const another = await createDiskResumableStaging({ directory: fixture.directory, minFreeBytes: 0 });
  expect((await another.complete(fixture.id, bytes.length)).sha256).toBe(hashOf(other));
});

test('bytes that were written and not counted may be other ones by the end', async () => {
  await using fixture = await fixtureWith();
  const [first, lost, second] = [randomBytes(mebibyte), randomBytes(mebibyte), randomBytes(mebibyte)];
  await fixture.append(from(first));
  const uncounted = fixture.append(from(lost), {
    offset: mebibyte,
    onDurable: () => Promise.reject(new Error('the database has gone')),
  });
  await expect(uncounted).rejects.toThrow();
  const another = await createDiskResumableStaging({ directory: fixture.directory, minFreeBytes: 0 });
  const options = { offset: mebibyte, maxBytes: mebibyte, onDurable: async () => {} };
  await another.append(fixture.id, from(second), options);
  const { sha256 } = await fixture.staging.complete(fixture.id, 2 * mebibyte);
  expect(sha256).toBe(createHash('sha256').update(first).update(second).digest('hex'));
});

test('a long piece is counted while it comes', async () => {
  await using fixture = await fixtureWith();
  await fixture.append(
    Readable.from(
      (function* () {
        for (let at = 0; at < 40; at += 1) yield Buffer.alloc(mebibyte);
      })(),
      { objectMode: false },
    ),
  );
  expect(fixture.durable.length).toBeGreaterThanOrEqual(2);
  expect(fixture.durable.at(-1)).toBe(40 * mebibyte);
});

test('what came before a cut is kept, and bytes that nobody counted are written over', async () => {
  await using fixture = await fixtureWith();
  const bytes = randomBytes(mebibyte);
  await expect(fixture.append(breaking(bytes))).rejects.toThrow('cut');
  const [received = 0] = fixture.durable;
  expect(received).toBe(mebibyte);
  // As after a crash: the file has more than anybody was told of.
  const again = from(bytes.subarray(1000));
  expect(await fixture.append(again, { offset: 1000 })).toBe(mebibyte);
  const { path } = await fixture.staging.complete(fixture.id, mebibyte);
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

test('bytes that nobody counted are gone, also when fewer come in their place', async () => {
  await using fixture = await fixtureWith();
  await fixture.append(from(Buffer.from('abcdef')));
  expect(await fixture.append(from(Buffer.from('X')), { offset: 2 })).toBe(3);
  const { path } = await fixture.staging.complete(fixture.id, 3);
  expect(await readFile(path, 'utf8')).toBe('abX');
});

test('a piece with a checksum counts whole or not at all', async () => {
  await using fixture = await fixtureWith();
  await fixture.append(from(Buffer.from('one')));
  const digest = createHash('sha1').update('two').digest();
  const checksum = { algorithm: 'sha1', digest } as const;
  const wrong = fixture.append(from(Buffer.from('tow')), { offset: 3, checksum });
  await expect(wrong).rejects.toMatchObject({ code: 'checksum_mismatch' });
  await expect(fixture.append(breaking(Buffer.from('two')), { offset: 3, checksum })).rejects.toThrow('cut');
  expect(fixture.durable).toEqual([3]);
  expect(await readFile(fixture.file, 'utf8')).toBe('one');
  expect(await fixture.append(from(Buffer.from('two')), { offset: 3, checksum })).toBe(6);
});

test('more than the upload lacks is refused', async () => {
  await using fixture = await fixtureWith();
  await expect(fixture.append(from(Buffer.alloc(11)), { maxBytes: 10 })).rejects.toMatchObject({
    code: 'too_large',
  });
  expect(fixture.durable).toEqual([]);
});

test('a failing fsync is final: nothing is counted', async () => {
  await using fixture = await fixtureWith({ sync: 'EIO' });
  await expect(fixture.append(from(Buffer.alloc(10)))).rejects.toMatchObject({ code: 'EIO' });
  expect(fixture.durable).toEqual([]);
});

test('a full disk keeps what fitted', async () => {
  await using fixture = await fixtureWith({ write: { code: 'ENOSPC', afterBytes: mebibyte } });
  await expect(
    fixture.append(breaking(Buffer.alloc(mebibyte), Buffer.alloc(mebibyte))),
  ).rejects.toMatchObject({ code: 'storage_full' });
  expect(fixture.durable).toEqual([mebibyte]);
  await using full = await fixtureWith({ free: 9 }, 10);
  await expect(full.append(from(Buffer.alloc(1)))).rejects.toMatchObject({ code: 'storage_full' });
});

test('whoever lost the lock leaves the file as it is', async () => {
  await using fixture = await fixtureWith();
  await fixture.append(from(Buffer.from('mine')));
  const assertHeld = () => {
    throw new Error('lost');
  };
  const checksum = { algorithm: 'sha1', digest: Buffer.alloc(20) } as const;
  for (const options of [{ assertHeld }, { assertHeld, checksum }]) {
    const late = fixture.append(from(Buffer.from('late')), { offset: 4, ...options });
    await expect(late).rejects.toThrow('lost');
  }
  expect(await readFile(fixture.file, 'utf8')).toBe('mine');
  expect(fixture.durable).toEqual([4]);
});

test('earlier bytes that are gone are noticed', async () => {
  await using fixture = await fixtureWith();
  const gone = { code: 'not_found' };
  await expect(fixture.append(from(Buffer.alloc(1)), { offset: 5 })).rejects.toMatchObject(gone);
  await fixture.append(from(Buffer.alloc(5)));
  await truncate(fixture.file, 4);
  await expect(fixture.append(from(Buffer.alloc(1)), { offset: 5 })).rejects.toMatchObject(gone);
  await expect(fixture.staging.complete(fixture.id, 5)).rejects.toMatchObject(gone);
});

test('abandoned files are listed by age; removing is done once and may be asked again', async () => {
  await using fixture = await fixtureWith();
  await fixture.append(from(Buffer.alloc(5)));
  expect(await fixture.staging.list(60_000)).toEqual([]);
  const old = new Date(Date.now() - 120_000);
  await utimes(fixture.file, old, old);
  expect(await fixture.staging.list(60_000)).toEqual([fixture.id]);
  await fixture.staging.remove(fixture.id);
  await fixture.staging.remove(fixture.id);
  expect(await readdir(fixture.directory)).toEqual([]);
});
