import type { AssetId, CampaignId, ClientId, Tag, TagId } from '@vitrine/schema';

/** An asset that carries a tag. */
export interface TagCarrier {
  readonly assetId: AssetId;
  readonly campaignId: CampaignId | null;
  readonly trashed: boolean;
}

export interface TagReader {
  find(id: TagId): Promise<Tag | null>;
  /** A client's free tags by name; `prefix` is a `tagKey`. */
  list(query: { clientId: ClientId; prefix?: string; limit: number }): Promise<Tag[]>;
  /** Who carries it, by id; those in the trash too. */
  carriers(query: {
    readonly id: TagId;
    readonly after: AssetId | null;
    readonly limit: number;
  }): Promise<TagCarrier[]>;
}

export interface TagWriter {
  /** Holds tags against removal and assets against getting them until the transaction ends; in one order, for two at once. */
  lock(ids: readonly TagId[]): Promise<void>;
  /**
   * Gives it another name, by which its assets are edited: their row versions grow, so that nobody writes the old name back. False when
   * another tag of the client has that name.
   */
  rename(change: {
    readonly id: TagId;
    readonly clientId: ClientId;
    readonly name: string;
    /** Milliseconds. */
    readonly at: number;
  }): Promise<boolean>;
  /** Takes a tag from assets that carry it, and gives them the other; an edit of each. */
  replace(change: {
    readonly id: TagId;
    readonly by: TagId | null;
    readonly clientId: ClientId;
    readonly assetIds: readonly AssetId[];
    /** Milliseconds. */
    readonly at: number;
  }): Promise<void>;
  /** Of a tag that nobody carries. */
  delete(id: TagId): Promise<void>;
}
