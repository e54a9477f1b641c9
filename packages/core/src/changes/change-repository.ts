import type { Change, ClientId } from '@vitrine/schema';
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
    /** Only of this client. */
    readonly clientId?: ClientId;
    readonly limit: number;
  }): Promise<RecordedChange[]>;
  /** The newest place there is, 0 at the beginning; and the oldest that is still kept. There are no gaps between them. */
  bounds(): Promise<{ readonly newest: number; readonly oldest: number }>;
}

export interface ChangeWriter {
  /**
   * Appends in commit order, without gaps: who sees a change has seen all before it. Whoever appends holds up everybody
   * else who does until the transaction ends, so this comes last in it.
   */
  append(change: Change): Promise<void>;
  /**
   * Forgets the oldest changes, a thousand at most: those from before a time (milliseconds), and those beyond the newest
   * `keep`. The newest one always stays, so that numbers never begin again. Answers how many it forgot.
   */
  prune(limits: { readonly before: number; readonly keep: number }): Promise<number>;
}
