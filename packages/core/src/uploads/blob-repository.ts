import type { Sha256 } from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';

export interface BlobRow {
  readonly sha256: Sha256;
  readonly size: number;
  readonly store: BlobStoreName;
}

export interface BlobReader {
  find(sha256: Sha256): Promise<BlobRow | null>;
}

export interface BlobWriter {
  /** Adds the row unless it is there; either way the blob is referenced again from now on. `at` in milliseconds. */
  ensure(blob: BlobRow & { readonly at: number }): Promise<void>;
}
