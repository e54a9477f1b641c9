import type { AssetId, CampaignId, ClientId, ExceptionRole, GrantRole } from '@vitrine/schema';

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
