import type { AssetId, Sha256 } from '@vitrine/schema';
import type { BlobDamage, BlobRow } from '../uploads/blob-repository.ts';

/** A row as it was before its bytes were read: what is found holds for this one only. */
export interface BlobState extends BlobRow {
  /** Milliseconds. Tells a row from another of the same hash that came after it. */
  readonly createdAt: number;
  readonly damage: BlobDamage | null;
  /** Milliseconds. */
  readonly damagedAt: number | null;
}

/** How much there is to read. */
export interface BlobTotals {
  readonly blobs: number;
  readonly bytes: number;
}

/** A version whose previews are made of its bytes. */
export interface ShownVersion {
  readonly assetId: AssetId;
  readonly version: number;
}

export interface HealthReader {
  /**
   * Those that were read longest ago first, of all that were not read since `before` (milliseconds); those that were never read before all
   * others. What is being deleted is left out.
   */
  leastVerified(query: { readonly before: number; readonly limit: number }): Promise<BlobState[]>;
  /** The row as it is now; null when it is gone or being deleted. */
  blob(sha256: Sha256): Promise<BlobState | null>;
  totals(): Promise<BlobTotals>;
  /** The versions that have these bytes as a preview; a thousand at most. */
  shownBy(sha256: Sha256): Promise<ShownVersion[]>;
}

export interface HealthWriter {
  /** Notes that bytes were read and are right, or were known to be wrong and still are. `at` in milliseconds. */
  markVerified(states: readonly BlobState[], at: number): Promise<void>;
  /** False when the row is another one by now, or somebody put its bytes right meanwhile. */
  markDamaged(
    state: BlobState,
    found: { readonly damage: BlobDamage; readonly at: number },
  ): Promise<boolean>;
  /** Takes the mark off. False when there was none. */
  markWhole(blob: { readonly sha256: Sha256; readonly at: number }): Promise<boolean>;
}
