import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { BlobMissingError, type BlobStore } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';
import { assertSha256 } from './assert-sha256.ts';
import { assertRange } from './byte-range.ts';

const readBytes = 256 * 1024;

/** Blobs in the memory of this process, gone with it: for tests and trials. */
export function createMemoryBlobStore(): BlobStore {
  const blobs = new Map<Sha256, Buffer>();

  function* pieces(bytes: Buffer) {
    for (let at = 0; at < bytes.length; at += readBytes) yield bytes.subarray(at, at + readBytes);
  }

  return {
    name: 'memory',
    async put({ sha256, path }) {
      assertSha256(sha256);
      const bytes = await readFile(path);
      if (!blobs.has(sha256)) blobs.set(sha256, bytes);
    },
    async replace({ sha256, path }) {
      assertSha256(sha256);
      blobs.set(sha256, await readFile(path));
    },
    async open(sha256, range) {
      assertSha256(sha256);
      const bytes = blobs.get(sha256);
      if (!bytes) throw new BlobMissingError(sha256, 'memory');
      if (range) assertRange(range, bytes.length);
      const wanted = range ? bytes.subarray(range.start, range.end + 1) : bytes;
      return Readable.from(pieces(wanted), { objectMode: false, highWaterMark: readBytes });
    },
    async stat(sha256) {
      assertSha256(sha256);
      const bytes = blobs.get(sha256);
      return bytes ? { size: bytes.length } : null;
    },
    async delete(sha256) {
      assertSha256(sha256);
      return blobs.delete(sha256);
    },
    async *list() {
      yield* [...blobs.keys()];
    },
    async close() {
      blobs.clear();
    },
  };
}
