import type { Campaign, CampaignId, ClientId } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { authorizedCampaign } from '../access/authorized.ts';
import type { Action } from '../access/permission.ts';
import { AppError } from '../app-error.ts';
import type { Readers } from '../ports/database.ts';

/** The campaign, if the actor sees it and it belongs to the client; else `not_found` or `campaign_client_mismatch`. */
export async function campaignOfClient(
  readers: Readers,
  check: { actor: Actor; action?: Action; campaignId: CampaignId; clientId: ClientId },
): Promise<Campaign> {
  const campaign = await authorizedCampaign(readers, {
    actor: check.actor,
    action: check.action ?? 'asset.list',
    id: check.campaignId,
  });
  if (campaign.clientId === check.clientId) return campaign;
  throw new AppError(
    'campaign_client_mismatch',
    `The campaign ${campaign.id} belongs to another client than ${check.clientId}. Choose one of this client's campaigns.`,
  );
}
