import type { Readable } from 'node:stream';
import type { Sha256 } from '@vitrine/schema';

/** Bytes that have arrived whole and are on stable storage, but belong to nothing yet. */
export interface StagedBlob {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  /** A local file that holds exactly these bytes; readable until the blob is discarded or put into a store. */
  readonly path: string;
}

export interface ReceiveOptions {
  /** More bytes than this → AppError `too_large`. */
  readonly maxBytes: number;
  /** Aborting ends the transfer; nothing stays behind. */
  readonly signal?: AbortSignal;
}

/**
 * Where bytes wait between arriving and being acknowledged.
 *
 * `receive` reads the source once: it counts, hashes (SHA-256) and writes to a private file, then calls fsync on it, with at
 * most a few buffers in memory. It fails with `too_large`, with `storage_full` (ENOSPC, EDQUOT, or the free-space
 * floor), with the source's own error, or with the signal's reason. Whatever the failure, it has removed its file before it
 * rejects. An fsync error is final: it is never retried. The source is destroyed on failure and consumed on success.
 *
 * `discard` removes a staged file; it does nothing for one that is gone. The caller that received a blob discards it in
 * every case (after a successful put there is nothing left to remove).
 *
 * `sweep` removes what a crashed process left behind and answers how many files that were.
 */
export interface StagingArea {
  receive(source: Readable, options: ReceiveOptions): Promise<StagedBlob>;
  discard(staged: StagedBlob): Promise<void>;
  sweep(olderThanMs: number): Promise<number>;
}

/** The names of the stores; kept in the blob's row, so a blob is found wherever it was put. */
export const blobStoreNames = ['disk', 'database', 's3', 'memory'] as const;
export type BlobStoreName = (typeof blobStoreNames)[number];

/** Bytes from `start` to `end`, both counted from 0 and both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Immutable bytes, found by their SHA-256.
 *
 * `put` resolves only when the bytes would survive a power cut. It may move the staged file instead of copying it. It is
 * idempotent: putting a hash that is there already succeeds and leaves the stored bytes untouched, also when many do it at
 * once. On failure (`storage_full`, an I/O error) nothing readable is left under the hash.
 *
 * `replace` is for a blob whose stored bytes were found wrong or gone. It reads what is stored first: bytes that are right after all
 * stay untouched. Wrong ones are kept aside, under no hash, for whoever wants to look at them, and these take their place. In
 * all else it is a `put`.
 *
 * `open` streams the whole blob or an inclusive range of it, in buffers of bounded size. The range must lie within the
 * blob (a caller knows the size from its row); otherwise it rejects with a RangeError. The caller consumes or destroys the
 * stream; destroying it early releases what it holds. A hash that is not there rejects with BlobMissingError.
 *
 * `stat` answers the size, or null. `delete` answers whether there was something to delete; a reader that has already
 * opened the blob may finish. `list` yields every hash once, in no order.
 *
 * No method may be called inside a database transaction.
 */
export interface BlobStore {
  readonly name: BlobStoreName;
  put(staged: StagedBlob): Promise<void>;
  replace(staged: StagedBlob): Promise<void>;
  open(sha256: Sha256, range?: ByteRange): Promise<Readable>;
  stat(sha256: Sha256): Promise<{ size: number } | null>;
  delete(sha256: Sha256): Promise<boolean>;
  list(): AsyncIterable<Sha256>;
  /**
   * Where a blob lies, for programs that need a file: only stores on a local disk have it. Whoever asks only reads, and
   * learns by reading whether the blob is there.
   */
  readonly pathOf?: (sha256: Sha256) => string;
  /** Bytes of the largest blob that it takes; left out: there is no limit. */
  readonly maxBytes?: number;
  close(): Promise<void>;
}

/** The row says the blob is here, but it is not: a broken installation, never a wrong request. */
export class BlobMissingError extends Error {
  readonly sha256: Sha256;
  constructor(sha256: Sha256, store: BlobStoreName) {
    super(`The ${store} store has no blob ${sha256}.`);
    this.name = 'BlobMissingError';
    this.sha256 = sha256;
  }
}

/**
 * All stores of an installation, and the rule that says which one takes new bytes.
 * `storeFor` decides by size alone; `byName` finds the store that a blob's row names.
 */
export interface BlobStores {
  readonly all: readonly BlobStore[];
  storeFor(size: number): BlobStore;
  byName(name: BlobStoreName): BlobStore;
  close(): Promise<void>;
}
