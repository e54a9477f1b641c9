import type { AssetId, CampaignId, ClientId, ExceptionRole, GrantRole, UserId } from '@vitrine/schema';
import type { Visibility } from './policy.ts';

/** What a member was given where something is, as the rows say it; null: nothing. */
export interface Standing {
  readonly client: GrantRole | null;
  readonly campaign: ExceptionRole | null;
  readonly asset: ExceptionRole | null;
  /** Whether some campaign or asset of the client was opened to them. */
  readonly guest: boolean;
  /** Whether the asset is hidden from all but managers. */
  readonly hidden: boolean;
}

/** Where a thing is; all null: nowhere. */
export interface Place {
  readonly clientId: ClientId | null;
  readonly campaignId: CampaignId | null;
  readonly assetId: AssetId | null;
}

export interface AccessReader {
  standing(query: Place & { readonly userId: UserId }): Promise<Standing>;
  /** Those of these assets that may be seen, in the trash or not, in no order. */
  visible(query: { readonly ids: readonly AssetId[]; readonly visibility: Visibility }): Promise<AssetId[]>;
  /**
   * Whether the user sees every asset of the client (left out: of each client of which they see anything), so that its counters tell
   * them nothing that a list would not.
   */
  seesWhole(query: { readonly userId: UserId; readonly clientId?: ClientId }): Promise<boolean>;
}
