import type { Sha256 } from '@vitrine/schema';
import type { BlobStoreName } from '../ports/blob-store.ts';

/** How many rows break a rule, and the first of them in words. */
export interface Examined {
  readonly count: number;
  readonly examples: readonly string[];
}

/** Where a row says that its bytes are, and where a copy is left. */
export interface BlobPlace {
  readonly sha256: Sha256;
  readonly store: BlobStoreName;
  readonly movedFrom: BlobStoreName | null;
}

/** Looks at all rows, so each of these may take seconds in a large library. */
export interface ExaminationReader {
  /** What the database itself finds wrong with its pages, indexes and references. */
  integrity(): Promise<Examined>;
  /** What points at bytes that have no row, or one of another size. */
  withoutBlob(): Promise<Examined>;
  /** Damaged bytes that something points at; the examples are assets, previews and guests' files are among the count only. */
  damaged(): Promise<Examined>;
  /** Bytes that are marked as unused, or are being deleted, though something points at them. */
  wronglyMarked(): Promise<Examined>;
  /** Bytes that are marked as unused since before this moment (milliseconds) and are still there. */
  overdue(by: number): Promise<Examined>;
  /** Counters of clients and campaigns that are not the sums of their assets. */
  wrongCounters(): Promise<Examined>;
  /** Clients, campaigns and versions whose making is not in the audit log once. */
  unrecorded(): Promise<Examined>;
  /** Of these hashes, those that have a row. */
  places(hashes: readonly Sha256[]): Promise<BlobPlace[]>;
}

/** Each looks at the rows again in the statement that changes them, and answers how many it changed. */
export interface ExaminationWriter {
  recount(): Promise<number>;
  unmark(): Promise<number>;
  /** Says that a store still has a copy of bytes that lie elsewhere, so that it is removed in time. `at` in milliseconds. */
  noteCopies(copies: {
    readonly sha256s: readonly Sha256[];
    readonly store: BlobStoreName;
    readonly at: number;
  }): Promise<number>;
}
