import {
  chmod,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sha256 } from '@vitrine/schema';
import { sampleBytes } from '@vitrine/testing';
import { expect, test } from 'vitest';
import { createDiskBlobStore } from '../src/disk-blob-store.ts';
import { createDiskStaging } from '../src/disk-staging.ts';
import { nodeFileSystem } from '../src/file-system.ts';
import { createFaultyFileSystem } from './faulty-file-system.ts';
import { temporaryDirectory } from './temporary-directory.ts';

async function diskStore() {
  const parent = await temporaryDirectory();
  const root = join(parent.path, 'blobs');
  const fs = createFaultyFileSystem();
  const staging = await createDiskStaging({ directory: join(parent.path, 'staging'), minFreeBytes: 0, fs });
  const store = await createDiskBlobStore({ directory: root, fs });
  return {
    root,
    fs,
    store,
    stage: (bytes: Buffer) =>
      staging.receive(Readable.from([bytes], { objectMode: false }), { maxBytes: 1e9 }),
    pathOf: (sha256: Sha256) => join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256),
    [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose](),
  };
}

test('a blob lies at aa/bb/<hash>, for its owner alone', async () => {
  await using fixture = await diskStore();
  const bytes = sampleBytes(1000);
  const staged = await fixture.stage(bytes);
  await fixture.store.put(staged);
  const path = fixture.pathOf(staged.sha256);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  for (const directory of [dirname(path), dirname(dirname(path)), fixture.root]) {
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  }
});

test('the file is synced before it gets its name, and every directory on the way after', async () => {
  await using fixture = await diskStore();
  const { calls } = fixture.fs;
  const staged = await fixture.stage(sampleBytes(1000));
  await fixture.store.put(staged);
  const path = fixture.pathOf(staged.sha256);
  const shard = dirname(path);
  const renamed = calls.indexOf(`rename ${path}`);
  expect(calls.slice(0, renamed)).toEqual([`sync ${dirname(fixture.root)}`, `sync ${staged.path}`]);
  const shards = [fixture.root, dirname(shard), shard];
  expect(new Set(calls.slice(renamed + 1))).toEqual(new Set(shards.map((directory) => `sync ${directory}`)));
});

test('a directory that is known to be durable is not synced again', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(1000));
  await fixture.store.put(staged);
  await fixture.store.delete(staged.sha256);
  const again = await fixture.stage(sampleBytes(1000));
  fixture.fs.calls.length = 0;
  await fixture.store.put(again);
  const path = fixture.pathOf(staged.sha256);
  expect(fixture.fs.calls).toEqual([`rename ${path}`, `sync ${dirname(path)}`]);
});

test('a second process syncs the directories that it finds, because the first may have crashed', async () => {
  await using fixture = await diskStore();
  await fixture.store.put(await fixture.stage(sampleBytes(1000)));
  const fs = createFaultyFileSystem();
  const second = await createDiskBlobStore({ directory: fixture.root, fs });
  const staged = await fixture.stage(sampleBytes(1000));
  await second.put(staged);
  const shard = dirname(fixture.pathOf(staged.sha256));
  const expected = [dirname(fixture.root), fixture.root, dirname(shard), shard];
  expect(new Set(fs.calls)).toEqual(new Set(expected.map((directory) => `sync ${directory}`)));
});

test('a put that finds the bytes syncs their directory again, because their put may have crashed', async () => {
  await using fixture = await diskStore();
  await fixture.store.put(await fixture.stage(sampleBytes(1000)));
  const again = await fixture.stage(sampleBytes(1000));
  fixture.fs.calls.length = 0;
  await fixture.store.put(again);
  expect(fixture.fs.calls).toEqual([`sync ${dirname(fixture.pathOf(again.sha256))}`]);
});

test('a directory that cannot be synced means the blob is not stored', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(1000));
  await fixture.store.put(staged);
  await fixture.store.delete(staged.sha256);
  const again = await fixture.stage(sampleBytes(1000));
  fixture.fs.faults.syncDirectory = 'EIO';
  await expect(fixture.store.put(again)).rejects.toMatchObject({ code: 'EIO' });
  expect(await fixture.store.stat(staged.sha256)).toBeNull();
});

test('a put that fails does not take away the bytes that an earlier one stored', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(1000));
  await fixture.store.put(staged);
  fixture.fs.faults.syncDirectory = 'EIO';
  await expect(fixture.store.put(await fixture.stage(sampleBytes(1000)))).rejects.toThrow();
  expect(await fixture.store.stat(staged.sha256)).toEqual({ size: 1000 });
});

test('a put that fails late does not take away what another put at the same time has acknowledged', async () => {
  await using fixture = await diskStore();
  const [first, second] = [await fixture.stage(sampleBytes(1000)), await fixture.stage(sampleBytes(1000))];
  const shard = dirname(fixture.pathOf(first.sha256));
  let failing = true;
  const store = await createDiskBlobStore({
    directory: fixture.root,
    fs: {
      ...nodeFileSystem,
      async open(path, flags, mode) {
        const handle = await open(path, flags, mode);
        if (path === shard && failing) {
          failing = false;
          handle.sync = async () => {
            await wait(50);
            throw Object.assign(new Error('EIO: injected'), { code: 'EIO' });
          };
        }
        return handle;
      },
    },
  });
  const [one, other] = await Promise.allSettled([store.put(first), store.put(second)]);
  expect([one.status, other.status]).toEqual(['rejected', 'fulfilled']);
  expect(await store.stat(first.sha256)).toEqual({ size: 1000 });
});

test('the ruin of a blob is replaced by the whole', async () => {
  await using fixture = await diskStore();
  const bytes = sampleBytes(1000);
  const staged = await fixture.stage(bytes);
  const path = fixture.pathOf(staged.sha256);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes.subarray(0, 400));
  await fixture.store.put(staged);
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

test('after its shards were removed from outside, the store recovers', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(1000));
  await fixture.store.put(staged);
  await rm(join(fixture.root, staged.sha256.slice(0, 2)), { recursive: true });
  const again = await fixture.stage(sampleBytes(1000));
  await expect(fixture.store.put(again)).rejects.toMatchObject({ code: 'ENOENT' });
  await fixture.store.put(again);
  expect(await fixture.store.stat(staged.sha256)).toEqual({ size: 1000 });
});

test('a copy to another file system is checked against the hash', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(1000));
  await writeFile(staged.path, sampleBytes(999));
  fixture.fs.faults.rename = 'EXDEV';
  await expect(fixture.store.put(staged)).rejects.toThrow('no longer holds its bytes');
  expect(await fixture.store.stat(staged.sha256)).toBeNull();
  expect(await readdir(join(fixture.root, 'incoming'))).toEqual([]);
});

test('copies that a crash left behind are removed after a day', async () => {
  await using parent = await temporaryDirectory();
  const incoming = join(parent.path, 'incoming');
  await mkdir(incoming);
  for (const name of ['old', 'young']) await writeFile(join(incoming, name), 'x');
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  await utimes(join(incoming, 'old'), longAgo, longAgo);
  await createDiskBlobStore({ directory: parent.path });
  expect(await readdir(incoming)).toEqual(['young']);
});

test('the list leaves out what is not a blob', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(1000));
  await fixture.store.put(staged);
  const shard = dirname(fixture.pathOf(staged.sha256));
  await writeFile(join(shard, 'notes.txt'), 'x');
  await writeFile(join(shard, `${staged.sha256.slice(0, 2)}${'f'.repeat(62)}`), 'in a wrong shard');
  await mkdir(join(fixture.root, 'lost+found'));
  const hashes: string[] = [];
  for await (const hash of fixture.store.list()) hashes.push(hash);
  expect(hashes).toEqual([staged.sha256]);
});

test('every file that was opened for reading is closed again', async () => {
  await using fixture = await diskStore();
  const staged = await fixture.stage(sampleBytes(2_000_000));
  await fixture.store.put(staged);
  const handles: FileHandle[] = [];
  const store = await createDiskBlobStore({
    directory: fixture.root,
    fs: {
      ...nodeFileSystem,
      async open(path, flags, mode) {
        const handle = await open(path, flags, mode);
        handles.push(handle);
        return handle;
      },
    },
  });
  handles.length = 0;
  await (await store.open(staged.sha256)).toArray();
  for await (const _ of await store.open(staged.sha256)) break;
  (await store.open(staged.sha256)).destroy();
  await expect(store.open(staged.sha256, { start: 0, end: 2_000_000 })).rejects.toThrow(RangeError);
  await expect.poll(() => handles.map(({ fd }) => fd)).toEqual([-1, -1, -1, -1]);
});

test('a directory that cannot be made is an error when the store is created', async () => {
  await using parent = await temporaryDirectory();
  const file = join(parent.path, 'file');
  await writeFile(file, 'x');
  await chmod(file, 0o600);
  await expect(createDiskBlobStore({ directory: join(file, 'blobs') })).rejects.toMatchObject({
    code: 'ENOTDIR',
  });
});

test('other bytes under a hash are put right when the right ones come, and kept aside', async () => {
  await using fixture = await diskStore();
  const bytes = sampleBytes(1000);
  await fixture.store.put(await fixture.stage(bytes));
  const staged = await fixture.stage(bytes);
  const path = fixture.pathOf(staged.sha256);
  const rotten = Buffer.from(bytes).fill(7, 500, 501);
  await writeFile(path, rotten);
  await fixture.store.replace(staged);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  const aside = await readdir(join(fixture.root, 'damaged'));
  expect(aside).toEqual([expect.stringContaining(staged.sha256)]);
  expect((await readFile(join(fixture.root, 'damaged', aside[0] ?? ''))).equals(rotten)).toBe(true);
  expect(await Array.fromAsync(fixture.store.list())).toEqual([staged.sha256]);
});
