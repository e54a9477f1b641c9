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

async function mayDo(
  readers: Pick<Readers, 'access'>,
  actor: Actor,
  action: Action,
  { assetId, clientId, campaignId, uploadedBy }: OfAsset,
): Promise<boolean> {
  const asset = { id: assetId, clientId, campaignId, userId: uploadedBy };
  return can(actor, action, await assetResource(readers, actor, asset));
}

/** Whether the actor may see the asset that these bytes are of. */
export function mayRead(readers: Pick<Readers, 'access'>, actor: Actor, asset: OfAsset): Promise<boolean> {
  return mayDo(readers, actor, 'asset.read', asset);
}

/** Whether an upload of the actor's may turn out to be this asset: a key that only uploads finds what its user sees, too. */
export function mayReuse(readers: Pick<Readers, 'access'>, actor: Actor, asset: OfAsset): Promise<boolean> {
  return mayDo(readers, actor, 'asset.create', asset);
}
