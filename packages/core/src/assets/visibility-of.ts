import type { CampaignId, ClientId } from '@vitrine/schema';
import type { Actor } from '../access/actor.ts';
import { authorizedCampaign, authorizedClient } from '../access/authorized.ts';
import type { Visibility } from '../access/policy.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import type { Readers } from '../ports/database.ts';
import { campaignOfClient } from './campaign-of-client.ts';

interface Where {
  readonly clientId?: ClientId | undefined;
  readonly campaignId?: CampaignId | undefined;
}

/** Checks that the client and campaign may be seen, and answers what the actor sees of the assets there. */
export async function visibilityOf(
  readers: Readers,
  actor: Actor,
  { clientId, campaignId }: Where,
): Promise<Visibility> {
  const action = 'asset.list';
  if (clientId) await authorizedClient(readers, { actor, action, id: clientId });
  if (campaignId && clientId) await campaignOfClient(readers, { actor, campaignId, clientId });
  if (!campaignId || clientId) return visibilityIn(readers, actor, clientId);
  const campaign = await authorizedCampaign(readers, { actor, action, id: campaignId });
  return visibilityIn(readers, actor, campaign.clientId);
}
