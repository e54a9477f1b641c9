import type { AssetId, CampaignId, ClientId, UserId } from '@vitrine/schema';
import type { Readers } from '../ports/database.ts';
import type { Actor } from './actor.ts';
import { needsGrants, type Resource } from './policy.ts';
import type { Place } from './standing.ts';

type Access = Pick<Readers, 'access'>;

/** Reads what a member was given there. The others' rows are not asked for: they need none. */
export async function standingOf({ access }: Access, actor: Actor, place: Place) {
  return needsGrants(actor) ? access.standing({ ...place, userId: actor.userId }) : null;
}

/** A client as the policy sees it. */
export async function clientResource(readers: Access, actor: Actor, clientId: ClientId): Promise<Resource> {
  const standing = await standingOf(readers, actor, { clientId, campaignId: null, assetId: null });
  return { kind: 'client', clientId, standing };
}

/** A campaign as the policy sees it. */
export async function campaignResource(
  readers: Access,
  actor: Actor,
  campaign: { readonly id: CampaignId; readonly clientId: ClientId },
): Promise<Resource> {
  const { clientId } = campaign;
  const standing = await standingOf(readers, actor, { clientId, campaignId: campaign.id, assetId: null });
  return { kind: 'campaign', clientId, standing };
}

/** What the policy has to know of an asset. */
export interface PlacedAsset {
  readonly id: AssetId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId | null;
  /** Who uploaded it. */
  readonly userId: UserId;
}

/** An asset as the policy sees it. */
export async function assetResource(readers: Access, actor: Actor, asset: PlacedAsset): Promise<Resource> {
  const { id, clientId, campaignId, userId } = asset;
  const standing = await standingOf(readers, actor, { clientId, campaignId, assetId: id });
  return { kind: 'asset', clientId, standing, uploadedBy: userId };
}
