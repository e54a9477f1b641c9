import type {
  AssetId,
  AssetType,
  AssetUses,
  CampaignId,
  ClientId,
  PagePosition,
  Sha256,
  UserId,
} from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** An asset in the trash. Times in milliseconds. */
export interface TrashedRecord {
  readonly id: AssetId;
  readonly type: AssetType;
  readonly format: string;
  readonly name: string;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly userId: UserId;
  readonly size: number;
  readonly thumbhash: string | null;
  readonly rowVersion: number;
  readonly trashedAt: number;
}

export interface TrashReader {
  find(id: AssetId): Promise<TrashedRecord | null>;
  /** What came last first; ties by id (descending). */
  list(query: {
    readonly visibility: Visibility;
    readonly clientId?: ClientId;
    readonly after?: PagePosition;
    readonly limit: number;
  }): Promise<TrashedRecord[]>;
  /** What lies there since before a moment, the oldest first, and nothing that is not in the trash is made of. */
  due(query: {
    readonly before: number;
    readonly clientId?: ClientId;
    readonly after: AssetId | null;
    readonly limit: number;
  }): Promise<TrashedRecord[]>;
  count(query: { readonly clientId: ClientId; readonly visibility: Visibility }): Promise<number>;
  /** Whether in the trash or not. Links that are over or revoked are not among them; assets in the trash are not. */
  uses(query: {
    readonly id: AssetId;
    readonly visibility: Visibility;
    readonly at: number;
  }): Promise<AssetUses>;
}

export interface TrashWriter {
  /**
   * Until the transaction ends, nothing that is made of the asset comes out of the trash or goes into it: what is asked of its uses
   * behind this stays true.
   */
  lockProducts(id: AssetId): Promise<void>;
  /**
   * Deletes an asset that is in the trash with everything that hangs on it; false when it is not there. Answers the hashes of the
   * bytes that it had, which nothing may point at now.
   */
  purge(id: AssetId): Promise<readonly Sha256[] | false>;
}
