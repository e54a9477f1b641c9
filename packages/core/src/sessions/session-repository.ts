import type { Session, UserId } from '@vitrine/schema';

/** A session as it is kept, whoever looks at it. */
export type StoredSession = Omit<Session, 'isCurrent'> & { readonly userId: UserId };

export interface SessionReader {
  /** Those that have not run out at `now` (milliseconds), the last used first. */
  list(query: { readonly userId: UserId; readonly now: number }): Promise<StoredSession[]>;
}

export interface SessionWriter {
  /** Notes that it was used just now; nothing happens when it has ended meanwhile. */
  touch(id: string, at: number): Promise<void>;
  remove(id: string): Promise<void>;
}
