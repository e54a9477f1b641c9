import { createHash, randomUUID } from 'node:crypto';
import { resolve as absolute, join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, type ReceiveOptions, type StagingArea } from '@vitrine/core';
import { sha256Schema } from '@vitrine/schema';
import { createBufferCollector } from './buffer-collector.ts';
import { errorCode } from './error-code.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import { readInBatches } from './read-in-batches.ts';
import { storageError, storageFull } from './storage-error.ts';
import { writeAll } from './write-all.ts';

export interface DiskStagingOptions {
  /** Of its own; best on the file system of the blobs, where a file is moved instead of copied. Made with mode 0700. */
  readonly directory: string;
  /** Bytes that uploads leave free on the file system (256 MiB), so that deleting and the database still work. */
  readonly minFreeBytes?: number;
  readonly fs?: FileSystem;
}

/** Measured: larger batches do not save CPU, smaller ones cost it. */
const batchBytes = 256 * 1024;
/** How much is written between two looks at the free space. */
const checkEveryBytes = 32 * 1024 * 1024;
const defaultMinFreeBytes = 256 * 1024 * 1024;
const ourNames = /^[0-9a-f-]{36}\.part$/;

/** A staging area in a directory of this machine. Rejects when the directory can be neither found nor made. */
export async function createDiskStaging(options: DiskStagingOptions): Promise<StagingArea> {
  const { minFreeBytes = defaultMinFreeBytes, fs = nodeFileSystem } = options;
  const directory = absolute(options.directory);
  await fs.mkdir(directory, { recursive: true, mode: 0o700 });
  /** Files that this process still answers for; `sweep` leaves them alone whatever their age. */
  const live = new Set<string>();
  const received = createBufferCollector();

  async function assertRoom(): Promise<void> {
    const { bavail, bsize } = await fs.statfs(directory);
    if (bavail * bsize < minFreeBytes) throw storageFull();
  }

  async function fill(file: OpenFile, source: Readable, { maxBytes, signal }: ReceiveOptions) {
    const hash = createHash('sha256');
    let size = 0;
    let written = 0;
    let nextCheck = checkEveryBytes;
    await readInBatches(
      source,
      {
        batchBytes,
        accept(chunk) {
          size += chunk.byteLength;
          if (size > maxBytes) throw tooLarge(maxBytes);
          hash.update(chunk);
        },
        async write(batch) {
          await writeAll(file, batch);
          for (const { byteLength } of batch) {
            written += byteLength;
            received(byteLength);
          }
          if (written < nextCheck) return;
          nextCheck = written + checkEveryBytes;
          await assertRoom();
        },
      },
      signal,
    );
    // Its error is final: a second fsync may succeed without having written what the first one lost.
    await file.sync();
    signal?.throwIfAborted();
    return { sha256: sha256Schema.parse(hash.digest('hex')), size };
  }

  async function fillNewFile(path: string, source: Readable, options: ReceiveOptions) {
    const file = await fs.open(path, 'wx', 0o600);
    try {
      return await fill(file, source, options);
    } finally {
      await file.close();
    }
  }

  async function remove(path: string): Promise<boolean> {
    try {
      await fs.unlink(path);
      return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    } finally {
      live.delete(path);
    }
  }

  return {
    async receive(source, options) {
      // From now on: an error while nobody listens would end the process. Whoever reads the source is told of it.
      source.on('error', ignore);
      const path = join(directory, `${randomUUID()}.part`);
      live.add(path);
      try {
        options.signal?.throwIfAborted();
        if (source.readableEnded) throw new Error('The source has already been read to its end.');
        await assertRoom();
        return { ...(await fillNewFile(path, source, options)), path };
      } catch (error) {
        source.destroy();
        // The error that ended the transfer is the one to tell; a file that cannot be removed is left for `sweep`.
        await remove(path).catch(ignore);
        throw storageError(error);
      }
    },

    async discard(staged) {
      await remove(staged.path);
    },

    async sweep(olderThanMs) {
      const before = Date.now() - olderThanMs;
      let removed = 0;
      for (const name of await fs.readdir(directory)) {
        const path = join(directory, name);
        if (!ourNames.test(name) || live.has(path)) continue;
        const { mtimeMs } = await fs.stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
        if (mtimeMs <= before && (await remove(path))) removed += 1;
      }
      return removed;
    },
  };
}

function ignore(): void {}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'too_large',
    `The file has more than the ${maxBytes} bytes that are allowed. Nothing of it was kept.`,
  );
}
