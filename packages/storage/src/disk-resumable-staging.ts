import { createHash, randomUUID } from 'node:crypto';
import { resolve as absolute, join } from 'node:path';
import { AppError, type AppendOptions, type ResumableStaging } from '@vitrine/core';
import { sha256Schema, type UploadId, uploadIdSchema } from '@vitrine/schema';
import { appendToFile } from './append-to-file.ts';
import { createBufferCollector } from './buffer-collector.ts';
import type { DiskStagingOptions } from './disk-staging.ts';
import { syncDirectory } from './durable-directories.ts';
import { errorCode } from './error-code.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import { createRunningHashes } from './running-hashes.ts';
import { storageError, storageFull } from './storage-error.ts';

const readBytes = 1024 * 1024;
const defaultMinFreeBytes = 256 * 1024 * 1024;
const suffix = '.upload';

function gone(): AppError {
  return new AppError('not_found', 'The bytes of this upload are gone. Begin a new one.');
}

/** Uploads in pieces, in the directory of the staging area. Rejects when it can be neither found nor made. */
export async function createDiskResumableStaging(options: DiskStagingOptions): Promise<ResumableStaging> {
  const { minFreeBytes = defaultMinFreeBytes, fs = nodeFileSystem } = options;
  const directory = absolute(options.directory);
  await fs.mkdir(directory, { recursive: true, mode: 0o700 });
  const hashes = createRunningHashes();
  const onWritten = createBufferCollector();
  const pathOf = (id: UploadId) => join(directory, `${uploadIdSchema.parse(id)}${suffix}`);

  async function assertRoom(bytes = 0): Promise<void> {
    const { bavail, bsize } = await fs.statfs(directory);
    if (bavail * bsize - bytes < minFreeBytes) throw storageFull();
  }

  /** The file with exactly the bytes that count. */
  async function openAt(path: string, offset: number): Promise<OpenFile> {
    const file = await fs.open(path, offset === 0 ? 'w' : 'r+', 0o600).catch((error: unknown) => {
      throw errorCode(error) === 'ENOENT' ? gone() : error;
    });
    try {
      // A new file's name is not on the disk before its directory is.
      if (offset === 0) await syncDirectory(fs, directory);
      const { size } = await file.stat();
      if (size < offset) throw gone();
      if (size > offset) await file.truncate(offset);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  return {
    assertRoom,

    async append(id, source, options: AppendOptions) {
      // From now on: an error while nobody listens would end the process. Whoever reads the source is told of it.
      source.on('error', () => {});
      try {
        await assertRoom();
        const file = await openAt(pathOf(id), options.offset);
        const running = hashes.take(id, options.offset);
        let counted: number | null = null;
        const onDurable = async (received: number) => {
          await options.onDurable(received);
          counted = received;
        };
        try {
          return await appendToFile({
            ...{ file, source, assertRoom, onWritten },
            ...{ ...options, running, onDurable },
          });
        } finally {
          // What was written and does not count, others may write anew: a hash of it would be of other bytes.
          if (running?.bytes === counted) hashes.keep(id, running);
          await file.close();
        }
      } catch (error) {
        throw storageError(error);
      }
    },

    async complete(id, length) {
      const sha256 = await hashOf(fs, pathOf(id), { length, known: hashes.digest(id, length) });
      const path = join(directory, `${randomUUID()}.part`);
      // A second name, not a move: should the library fail to take the bytes now, they are still here for another try.
      await fs.link(pathOf(id), path);
      return { sha256, size: length, path };
    },

    async remove(id) {
      hashes.forget(id);
      await fs.unlink(pathOf(id)).catch((error: unknown) => {
        if (errorCode(error) !== 'ENOENT') throw error;
      });
    },

    async list(olderThanMs) {
      const before = Date.now() - olderThanMs;
      const found: UploadId[] = [];
      for (const name of await fs.readdir(directory)) {
        const id = uploadIdSchema.safeParse(name.slice(0, -suffix.length));
        if (!name.endsWith(suffix) || !id.success) continue;
        const stats = await fs.stat(join(directory, name)).catch(() => null);
        if (stats && stats.mtimeMs <= before) found.push(id.data);
      }
      return found;
    },
  };
}

/** The hash of a file that has that length: known already, if nobody else wrote to it, or read. */
async function hashOf(
  fs: FileSystem,
  path: string,
  { length, known }: { readonly length: number; readonly known: string | null },
) {
  const file = await fs.open(path, 'r').catch((error: unknown) => {
    throw errorCode(error) === 'ENOENT' ? gone() : error;
  });
  try {
    if ((await file.stat()).size !== length) throw gone();
    if (known) return sha256Schema.parse(known);
    const hash = createHash('sha256');
    const memory = Buffer.allocUnsafeSlow(readBytes);
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, readBytes, null);
      if (bytesRead === 0) return sha256Schema.parse(hash.digest('hex'));
      hash.update(memory.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
