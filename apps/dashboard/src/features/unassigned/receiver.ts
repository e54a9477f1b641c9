import type { CampaignId, ClientId } from '@vitrine/schema';

/** Whom something is given to. */
export interface Receiver {
  readonly clientId: ClientId;
  readonly clientName: string;
  /** One of the client's campaigns, or null for none. */
  readonly campaignId: CampaignId | null;
}
