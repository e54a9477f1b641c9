import type { ClientId, Tag } from '@vitrine/schema';

export interface TagReader {
  /** A client's free tags by name; `prefix` is a `tagKey`. */
  list(query: { clientId: ClientId; prefix?: string; limit: number }): Promise<Tag[]>;
}
