import type { Change } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** A change and its place in the order in which transactions were committed. */
export interface RecordedChange {
  readonly seq: number;
  readonly change: Change;
}

export interface ChangeReader {
  /** Changes behind `seq` that may be seen, oldest first. */
  after(query: {
    readonly seq: number;
    readonly visibility: Visibility;
    readonly limit: number;
  }): Promise<RecordedChange[]>;
  /** The newest place there is, 0 at the beginning; and the oldest that is still kept. */
  bounds(): Promise<{ readonly newest: number; readonly oldest: number }>;
}

export interface ChangeWriter {
  /** Appends in commit order: who sees a change has seen all before it. */
  append(change: Change): Promise<void>;
  /** Forgets changes older than this (milliseconds); answers how many. */
  prune(before: number): Promise<number>;
}
