import type { ApiKey, ClientId, KeyScope, UserId } from '@vitrine/schema';

/** What may be changed of a key. */
export interface KeySettings {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Null: every client of its user's. */
  readonly clientIds: readonly ClientId[] | null;
  /** Milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export interface NewKey extends KeySettings {
  readonly id: string;
  readonly userId: UserId;
  readonly hash: string;
  /** Its first characters, by which people tell it. */
  readonly start: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface KeyReader {
  /** The newest first; one user's, if they are named. Those that have expired are there until they are cleared away. */
  list(query: { readonly userId?: UserId | undefined }): Promise<ApiKey[]>;
  find(id: string): Promise<ApiKey | null>;
}

export interface KeyWriter {
  insert(key: NewKey): Promise<void>;
  update(id: string, settings: KeySettings & { readonly at: number }): Promise<void>;
  remove(id: string): Promise<void>;
}
