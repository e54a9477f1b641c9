import type { AssetId, CampaignId, ClientId, UserId } from '@vitrine/schema';
import type { Readers } from '../ports/database.ts';
import type { Actor } from './actor.ts';
import type { Action } from './permission.ts';
import { can } from './policy.ts';
import { assetResource } from './resource-of.ts';

/** What a row with an asset's bytes says of the asset. */
interface OfAsset {
  readonly assetId: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  readonly uploadedBy: UserId;
}

/** Whether the actor may see the asset that these bytes are of, or do something else with it. */
export async function mayRead(
  readers: Pick<Readers, 'access'>,
  actor: Actor,
  { assetId, clientId, campaignId, uploadedBy }: OfAsset,
  action: Action = 'asset.read',
): Promise<boolean> {
  const asset = { id: assetId, clientId, campaignId, userId: uploadedBy };
  return can(actor, action, await assetResource(readers, actor, asset));
}
