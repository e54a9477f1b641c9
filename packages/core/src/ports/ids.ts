import type { AssetId, CampaignId, ClientId, JobId, TagId } from '@vitrine/schema';

/** Where ids come from: version 7 UUIDs, so that newer rows sort behind older ones. */
export interface Ids {
  client(): ClientId;
  campaign(): CampaignId;
  asset(): AssetId;
  job(): JobId;
  tag(): TagId;
}
