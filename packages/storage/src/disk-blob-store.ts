import { createHash, randomUUID } from 'node:crypto';
import { resolve as absolute, join } from 'node:path';
import { Readable } from 'node:stream';
import { BlobMissingError, type BlobStore, type StagedBlob } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';
import { sha256Schema } from '@vitrine/schema';
import { assertSha256 } from './assert-sha256.ts';
import { createBufferCollector } from './buffer-collector.ts';
import { assertRange } from './byte-range.ts';
import { copyFile } from './copy-file.ts';
import { createDurableDirectories, syncDirectory } from './durable-directories.ts';
import { errorCode } from './error-code.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { createKeyedLock } from './keyed-lock.ts';
import { readExactly } from './read-exactly.ts';
import { storageError } from './storage-error.ts';
import { streamFile } from './stream-file.ts';

export interface DiskBlobStoreOptions {
  /** Of its own; a file lies in it as `aa/bb/<sha256>`. Made with mode 0700. */
  readonly directory: string;
  readonly fs?: FileSystem;
}

const readBytes = 512 * 1024;
/** Copies that are not whole yet, when staging is on another file system. Never a shard: those have two digits. */
const incoming = 'incoming';
/** What was found to be other bytes than its name says. */
const damaged = 'damaged';
const incomingMaxAgeMs = 24 * 60 * 60 * 1000;
const shard = /^[0-9a-f]{2}$/;

/** Blobs as files of this machine. Rejects when the directory can be neither found nor made. */
export async function createDiskBlobStore(options: DiskBlobStoreOptions): Promise<BlobStore> {
  const { fs = nodeFileSystem } = options;
  const root = absolute(options.directory);
  const directories = createDurableDirectories(fs, root);
  const locked = createKeyedLock();
  const onRead = createBufferCollector();
  await directories.make();
  await directories.settle();
  await removeOldCopies(fs, join(root, incoming));

  function placeOf(sha256: Sha256) {
    assertSha256(sha256);
    const shards = [sha256.slice(0, 2), sha256.slice(2, 4)] as const;
    return { shards, directory: join(root, ...shards), path: join(root, ...shards, sha256) };
  }

  async function sizeOf(path: string): Promise<number | null> {
    try {
      return (await fs.stat(path)).size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  async function copyInto(staged: StagedBlob, path: string): Promise<void> {
    const copy = join(await directories.make(incoming), randomUUID());
    try {
      await copyFile(fs, staged, copy);
      await fs.rename(copy, path);
    } catch (error) {
      await fs.unlink(copy).catch(() => {});
      throw error;
    }
  }

  async function moveInto(staged: StagedBlob, path: string): Promise<void> {
    try {
      await fs.rename(staged.path, path);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw error;
      await copyInto(staged, path);
    }
  }

  async function isWhole(path: string, sha256: Sha256): Promise<boolean> {
    const file = await fs.open(path, 'r');
    try {
      const { size } = await file.stat();
      const hash = createHash('sha256');
      for (let at = 0; at < size; at += readBytes) {
        hash.update(await readExactly(file, at, Math.min(readBytes, size - at)));
      }
      return hash.digest('hex') === sha256;
    } finally {
      await file.close();
    }
  }

  /** Out of the way, not away: somebody may still read something in it. */
  async function setAside(sha256: Sha256): Promise<void> {
    const { directory, path } = placeOf(sha256);
    const aside = await directories.make(damaged);
    await fs.rename(path, join(aside, `${sha256}-${randomUUID()}`));
    await Promise.all([syncDirectory(fs, aside), syncDirectory(fs, directory), directories.settle(damaged)]);
  }

  async function replace(staged: StagedBlob): Promise<void> {
    const { sha256 } = staged;
    const { path } = placeOf(sha256);
    if ((await sizeOf(path)) !== null && !(await isWhole(path, sha256).catch(() => false))) {
      await setAside(sha256);
    }
    await store(staged);
  }

  async function store(staged: StagedBlob): Promise<void> {
    const { shards, directory, path } = placeOf(staged.sha256);
    await directories.make(...shards);
    const settle = () => Promise.all([syncDirectory(fs, directory), directories.settle(...shards)]);
    // A file of another size is not this blob but the ruin of one: it is replaced, whole, in one step.
    if ((await sizeOf(path)) === staged.size) {
      // Whoever moved it here may have crashed before its name was durable.
      await settle();
      return;
    }
    await moveInto(staged, path);
    try {
      await settle();
    } catch (error) {
      // Not durable, so not stored.
      await fs.unlink(path).catch(() => {});
      throw error;
    }
  }

  return {
    name: 'disk',

    async put(staged) {
      try {
        // One at a time for each hash: a failing put must not remove what another has just acknowledged.
        await locked(staged.sha256, () => store(staged));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') directories.forget();
        throw storageError(error);
      }
    },

    async replace(staged) {
      try {
        await locked(staged.sha256, () => replace(staged));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') directories.forget();
        throw storageError(error);
      }
    },

    async open(sha256, range) {
      const { path } = placeOf(sha256);
      const file = await fs.open(path, 'r').catch((error: unknown) => {
        throw errorCode(error) === 'ENOENT' ? new BlobMissingError(sha256, 'disk') : error;
      });
      try {
        const { size } = await file.stat();
        if (range) assertRange(range, size);
        const { start, end } = range ?? { start: 0, end: size - 1 };
        if (end - start >= readBytes) return streamFile(file, { start, end, readBytes, onRead });
        // One read of the right length: a stream's setting up and its large buffer would cost several times the bytes.
        const bytes = await readExactly(file, start, end + 1 - start);
        await file.close();
        return Readable.from([bytes], { objectMode: false });
      } catch (error) {
        await file.close();
        throw error;
      }
    },

    pathOf: (sha256) => placeOf(sha256).path,

    async stat(sha256) {
      const size = await sizeOf(placeOf(sha256).path);
      return size === null ? null : { size };
    },

    async delete(sha256) {
      const { directory, path } = placeOf(sha256);
      return locked(sha256, async () => {
        try {
          await fs.unlink(path);
        } catch (error) {
          if (errorCode(error) === 'ENOENT') return false;
          throw error;
        }
        await syncDirectory(fs, directory);
        return true;
      });
    },

    async *list() {
      for (const first of await shardsIn(fs, root)) {
        for (const second of await shardsIn(fs, join(root, first))) {
          for (const name of await fs.readdir(join(root, first, second))) {
            const sha256 = sha256Schema.safeParse(name);
            // What lies in a wrong shard cannot be opened, so it is not a blob of this store.
            if (sha256.success && name.startsWith(first + second)) yield sha256.data;
          }
        }
      }
    },

    async close() {},
  };
}

async function shardsIn(fs: FileSystem, directory: string): Promise<string[]> {
  return (await fs.readdir(directory)).filter((name) => shard.test(name));
}

/** What a crash in the middle of a copy left behind. */
async function removeOldCopies(fs: FileSystem, directory: string): Promise<void> {
  const names = await fs.readdir(directory).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const path = join(directory, name);
    const { mtimeMs } = await fs.stat(path);
    if (Date.now() - mtimeMs > incomingMaxAgeMs) await fs.unlink(path);
  }
}
