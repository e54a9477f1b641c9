import { hash } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import type { BlobStore, BlobStoreName, BlobStores, ByteRange } from '@vitrine/core';
import { AppError, BlobMissingError } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';
import { LRUCache } from 'lru-cache';
import { type Body, bytesBody } from './body.ts';
import { fileBody } from './file-body.ts';
import { createProof, type Proof, provenStream } from './proof.ts';
import type { Proofs } from './proofs.ts';
import { streamBody } from './stream-body.ts';
import { createTransferBuffers } from './transfer-buffers.ts';

export interface BlobBodiesOptions {
  readonly blobs: BlobStores;
  readonly proofs: Proofs;
  /** Bytes of all that is remembered together (64 MB). */
  readonly cacheBytes?: number;
  /** Bytes of the largest blob that is remembered (128 KB). */
  readonly cacheBlobBytes?: number;
}

export interface WantedBlob {
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  /** Of the whole blob. */
  readonly size: number;
}

/**
 * Gives the bytes of blobs. Small ones are remembered by their hash, since a blob never changes; who may have them is no matter here.
 * Wrong bytes are not given out as good: what is asked for whole is hashed on its way, and its end withheld when it is wrong.
 */
export interface BlobBodies {
  /** At once for what is remembered. Rejects with BlobMissingError, or the error of a damaged file. */
  open(blob: WantedBlob, range: ByteRange): Promise<Body> | Body;
  /** The whole blob in memory. */
  read(blob: WantedBlob): Promise<Buffer>;
  /** The whole blob, read as fast as it is taken. */
  stream(blob: WantedBlob): Promise<Readable>;
}

async function wholeBlob(store: BlobStore, { sha256, size }: WantedBlob): Promise<Buffer> {
  const bytes = Buffer.concat(await (await store.open(sha256)).toArray());
  if (bytes.length !== size) throw new Error(`The blob ${sha256} has ${bytes.length} bytes, not ${size}.`);
  return bytes;
}

/** For what is remembered: wrong bytes would be given out long after they were put right. */
async function provenBlob(store: BlobStore, blob: WantedBlob): Promise<Buffer> {
  const bytes = await wholeBlob(store, blob);
  if (hash('sha256', bytes, 'hex') === blob.sha256) return bytes;
  throw new AppError('damaged', `The ${store.name} store gave other bytes for ${blob.sha256}.`);
}

function isWhole({ size }: WantedBlob, { start, end }: ByteRange): boolean {
  return start === 0 && end === size - 1;
}

function missing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

export function createBlobBodies(options: BlobBodiesOptions): BlobBodies {
  const { blobs, proofs, cacheBytes = 64 * 1024 * 1024, cacheBlobBytes = 128 * 1024 } = options;
  const buffers = createTransferBuffers();
  // `fetch` asks the store once when many want the same blob at the same time.
  const cache = new LRUCache<Sha256, Buffer, WantedBlob>({
    maxSize: cacheBytes,
    sizeCalculation: (bytes) => Math.max(1, bytes.length),
    fetchMethod: (_sha256, _stale, { context }) => provenBlob(blobs.byName(context.store), context),
  });

  async function read(blob: WantedBlob): Promise<Buffer> {
    if (blob.size > cacheBlobBytes) return wholeBlob(blobs.byName(blob.store), blob);
    const bytes = cache.get(blob.sha256) ?? (await cache.fetch(blob.sha256, { context: blob }));
    if (!bytes) throw new BlobMissingError(blob.sha256, blob.store);
    return bytes;
  }

  const part = (bytes: Buffer, { start, end }: ByteRange) => bytesBody(bytes.subarray(start, end + 1));

  function proofOf({ sha256 }: WantedBlob): Proof | undefined {
    if (proofs.has(sha256)) return undefined;
    return createProof({
      sha256,
      onRight: () => proofs.add(sha256),
      onWrong: () => proofs.doubt(sha256),
    });
  }

  async function openLarge(blob: WantedBlob, range: ByteRange): Promise<Body> {
    const { sha256, size } = blob;
    const store = blobs.byName(blob.store);
    const path = store.pathOf?.(sha256);
    // A part cannot be proven; the whole is looked at afterwards.
    const proof = isWhole(blob, range) ? proofOf(blob) : undefined;
    if (!proof && !proofs.has(sha256)) proofs.doubt(sha256);
    if (path === undefined) return streamBody(await store.open(sha256, range), proof);
    try {
      return await fileBody(path, { range, size, buffers, proof });
    } catch (error) {
      throw missing(error) ? new BlobMissingError(sha256, blob.store) : error;
    }
  }

  async function openAnew(blob: WantedBlob, range: ByteRange): Promise<Body> {
    try {
      if (blob.size <= cacheBlobBytes) return part(await read(blob), range);
      return await openLarge(blob, range);
    } catch (error) {
      proofs.doubt(blob.sha256);
      throw error;
    }
  }

  return {
    read,
    async stream(blob) {
      const proof = proofOf(blob);
      const stream = await blobs.byName(blob.store).open(blob.sha256);
      // Both end with either of them; what went wrong is told by the second.
      return proof ? pipeline(stream, provenStream(proof), () => {}) : stream;
    },
    open(blob, range) {
      const known = cache.get(blob.sha256);
      return known ? part(known, range) : openAnew(blob, range);
    },
  };
}
