import { Readable } from 'node:stream';
import { AppError, BlobMissingError, type BlobStore, type ByteRange, type StagedBlob } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';
import { assertSha256 } from './assert-sha256.ts';
import { assertRange } from './byte-range.ts';
import { type ChunkedBlob, type ChunkStore, chunkBytes } from './chunk-store.ts';
import { storageError } from './storage-error.ts';

/** Bytes of the largest blob that goes into a database. */
export const databaseBlobMaxBytes = 16 * 1024 * 1024;

/** The database blob store over any dialect's chunks. */
export function createChunkedBlobStore(chunks: ChunkStore): BlobStore {
  async function* read(sha256: Sha256, { id }: ChunkedBlob, { start, end }: ByteRange) {
    const last = Math.floor(end / chunkBytes);
    for (let position = Math.floor(start / chunkBytes); position <= last; position += 1) {
      const chunk = await chunks.chunk(id, position);
      // Deleted meanwhile: an error, so that the reader does not take a beginning for the whole.
      if (!chunk) throw new BlobMissingError(sha256, 'database');
      const offset = position * chunkBytes;
      yield chunk.subarray(Math.max(0, start - offset), end + 1 - offset);
    }
  }

  async function store({ sha256, size, path }: StagedBlob, write: ChunkStore['insert']): Promise<void> {
    assertSha256(sha256);
    if (size > databaseBlobMaxBytes) {
      throw new AppError(
        'too_large',
        `The database takes files of at most ${databaseBlobMaxBytes} bytes, and this one has ${size}. Store it on disk.`,
      );
    }
    try {
      await write({ sha256, size, path });
    } catch (error) {
      throw storageError(error);
    }
  }

  return {
    name: 'database',
    maxBytes: databaseBlobMaxBytes,

    put: (staged) => store(staged, chunks.insert),
    replace: (staged) => store(staged, chunks.replace),

    async open(sha256, range) {
      assertSha256(sha256);
      const blob = await chunks.find(sha256);
      if (!blob) throw new BlobMissingError(sha256, 'database');
      if (range) assertRange(range, blob.size);
      const bytes = blob.size === 0 ? [] : read(sha256, blob, range ?? { start: 0, end: blob.size - 1 });
      return Readable.from(bytes, { objectMode: false, highWaterMark: chunkBytes });
    },

    async stat(sha256) {
      assertSha256(sha256);
      const blob = await chunks.find(sha256);
      return blob && { size: blob.size };
    },

    async delete(sha256) {
      assertSha256(sha256);
      return chunks.delete(sha256);
    },

    async *list() {
      let page = await chunks.hashes(null);
      while (page.length > 0) {
        yield* page;
        page = await chunks.hashes(page.at(-1) ?? null);
      }
    },

    close: () => chunks.close(),
  };
}
