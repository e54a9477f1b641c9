import type { Sha256 } from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';
import type { BlobRow } from '../uploads/blob-repository.ts';

/** Bytes that lie elsewhere than they are to lie. */
export interface MovableBlob extends BlobRow {
  readonly isDamaged: boolean;
  /** A copy is still there from the last move; until it is gone the bytes stay where they are. */
  readonly hasCopy: boolean;
}

/** A second copy, and the moment it was left or somebody last began to remove it. */
export interface LeftCopy {
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  /** Milliseconds. */
  readonly since: number;
}

export interface MoveReader {
  /** What is not in this store, by hash; what is being deleted is left out. */
  elsewhere(query: {
    readonly to: BlobStoreName;
    readonly after: Sha256 | null;
    readonly limit: number;
  }): Promise<MovableBlob[]>;
  countElsewhere(to: BlobStoreName): Promise<{ readonly blobs: number; readonly bytes: number }>;
}

export interface MoveWriter {
  /**
   * Says that the bytes lie in another store from now on, and that a copy is left where they were. False, with nothing changed, when they
   * were moved, damaged or deleted meanwhile. `at` in milliseconds.
   */
  settle(move: {
    readonly sha256: Sha256;
    readonly from: BlobStoreName;
    readonly to: BlobStoreName;
    readonly at: number;
  }): Promise<boolean>;
  /** Takes copies that were left, or that somebody began to remove and did not end, since then. */
  takeCopies(query: {
    readonly by: number;
    readonly limit: number;
    readonly at: number;
  }): Promise<LeftCopy[]>;
  /** The copy is gone. */
  forgetCopy(copy: LeftCopy): Promise<void>;
}
