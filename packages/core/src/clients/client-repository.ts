import type { BrandGuidelines, Client, ClientId, Quota, Stats, UserId } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';
import type { Deletion } from '../deletion.ts';

export interface ClientQuery {
  readonly visibility: Visibility;
  /** Folded text that the name must contain; see `fold` in the schema package. */
  readonly text?: string;
  readonly includeArchived: boolean;
}

export interface ClientReader {
  find(id: ClientId): Promise<Client | null>;
  /** All clients that match, by name without regard to case. */
  list(query: ClientQuery): Promise<Client[]>;
  /** From counters: nothing is counted live. */
  stats(id: ClientId): Promise<Stats>;
  /** No limits where none were set. */
  quota(id: ClientId): Promise<Quota>;
}

export interface NewClient {
  readonly id: ClientId;
  readonly userId: UserId;
  readonly name: string;
  readonly description: string;
  readonly brandGuidelines: BrandGuidelines | null;
  /** Milliseconds. */
  readonly at: number;
  /** Milliseconds; `at` unless said. */
  readonly updatedAt?: number;
}

export interface ClientPatch {
  readonly name?: string;
  readonly description?: string;
  readonly brandGuidelines?: BrandGuidelines | null;
  /** Milliseconds, or null to bring it back. */
  readonly archivedAt?: number | null;
}

export interface ClientWriter {
  setQuota(id: ClientId, quota: Quota): Promise<void>;
  /** Holds the client's quota, if it has one, until the transaction ends: whoever adds something waits for whoever added before. */
  lockQuota(id: ClientId): Promise<void>;
  insert(client: NewClient): Promise<Client>;
  /** One conditional statement: null when the row is not at `expectedRowVersion` any more. */
  update(change: {
    id: ClientId;
    expectedRowVersion: number;
    patch: ClientPatch;
    at: number;
  }): Promise<Client | null>;
  /**
   * Removes it with its counters and free tags, if it holds nothing and nobody edited it since that row version; answers what came of it.
   */
  delete(id: ClientId, expectedRowVersion: number): Promise<Deletion>;
}
