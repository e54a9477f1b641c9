import type { Sha256 } from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';

/** What is wrong with a blob's bytes: they are gone, of another length, others, or the store cannot read them. */
export const blobDamages = ['missing', 'wrong_size', 'wrong_bytes', 'unreadable'] as const;
export type BlobDamage = (typeof blobDamages)[number];

export interface BlobRow {
  readonly sha256: Sha256;
  readonly size: number;
  readonly store: BlobStoreName;
}

/** A row, and whether its bytes are being deleted just now: then it is as good as gone. */
export type KnownBlob = BlobRow & { readonly deleting: boolean; readonly damage: BlobDamage | null };

/** Bytes that were made sure of. `known`: they had a row then, so that nothing may have been written for them. */
export type StoredBlob = BlobRow & { readonly known: boolean };

/** The bytes were deleted after they had been made sure of: store them again and try the transaction anew. */
export class BlobGoneError extends Error {
  override readonly name = 'BlobGoneError';
}

export interface BlobReader {
  find(sha256: Sha256): Promise<KnownBlob | null>;
}

export interface BlobWriter {
  /**
   * Holds the row until the transaction ends, as `ensure` does: for those who decide about something that the bytes belong to, before
   * they touch it, so that they and those who ensure the bytes first do not wait for each other in turn.
   */
  lock(sha256: Sha256): Promise<void>;
  /**
   * Adds the row unless it is there; either way the blob is referenced again from now on. `at` in milliseconds. Fails with
   * BlobGoneError when the collector was faster.
   */
  ensure(blob: StoredBlob & { readonly at: number }): Promise<void>;
}
