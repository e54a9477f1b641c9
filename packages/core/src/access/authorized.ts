import type { AssetId, Campaign, CampaignId, Client, ClientId, Tag, TagId } from '@vitrine/schema';
import { notFound } from '../app-error.ts';
import type { AssetRecord } from '../assets/asset-record.ts';
import type { Readers } from '../ports/database.ts';
import type { Actor } from './actor.ts';
import type { Action } from './permission.ts';
import { assertCredential, can } from './policy.ts';
import {
  assetResource,
  campaignResource,
  clientResource,
  type PlacedAsset,
  standingOf,
} from './resource-of.ts';

interface Check<Id> {
  readonly actor: Actor;
  readonly action: Action;
  readonly id: Id;
}

// Not exported: so nothing but a check of this file makes an `Authorized`.
const proof: unique symbol = Symbol('authorized');

/** A thing for which the policy said yes. What acts on an asset takes this, so that no check can be forgotten. */
export type Authorized<T> = T & { readonly [proof]: true };

function authorized<T extends object>(thing: T): Authorized<T> {
  return Object.defineProperty({ ...thing, [proof]: true as const }, proof, { enumerable: false });
}

/** What is not there is looked at for as long as what is somebody else's, so that the time of the answer does not tell which it was. */
export async function lookInVain(readers: Readers, actor: Actor): Promise<null> {
  await standingOf(readers, actor, { clientId: null, campaignId: null, assetId: null });
  return null;
}

/** The client, if the actor may do this with it; otherwise `not_found`, whether it exists or not. */
export async function authorizedClient(
  readers: Readers,
  check: Check<ClientId>,
): Promise<Authorized<Client>> {
  const { actor, action, id } = check;
  assertCredential(actor, action);
  const client = await readers.clients.find(id);
  const resource = client ? await clientResource(readers, actor, id) : await lookInVain(readers, actor);
  if (!client || !resource || !can(actor, action, resource)) throw notFound('client');
  return authorized(client);
}

/** The campaign, if the actor may do this with it; otherwise `not_found`. */
export async function authorizedCampaign(
  readers: Readers,
  check: Check<CampaignId>,
): Promise<Authorized<Campaign>> {
  const { actor, action, id } = check;
  assertCredential(actor, action);
  const campaign = await readers.campaigns.find(id);
  const resource = campaign
    ? await campaignResource(readers, actor, campaign)
    : await lookInVain(readers, actor);
  if (!campaign || !resource || !can(actor, action, resource)) throw notFound('campaign');
  return authorized(campaign);
}

/** The asset, if the actor may do this with it; otherwise `not_found`. */
export async function authorizedAsset(
  readers: Readers,
  check: Check<AssetId>,
): Promise<Authorized<AssetRecord>> {
  const { actor, action, id } = check;
  assertCredential(actor, action);
  const asset = await readers.assets.find(id);
  const resource = asset ? await assetResource(readers, actor, asset) : await lookInVain(readers, actor);
  if (!asset || !resource || !can(actor, action, resource)) throw notFound('asset');
  return authorized(asset);
}

/** The asset, if the actor may do this with it; null otherwise: where one of many is passed over. */
export async function permittedAsset<T extends PlacedAsset>(
  readers: Readers,
  { actor, action, asset }: { readonly actor: Actor; readonly action: Action; readonly asset: T },
): Promise<Authorized<T> | null> {
  const resource = await assetResource(readers, actor, asset);
  return can(actor, action, resource) ? authorized(asset) : null;
}

/** The tag, if the actor may do this with it; otherwise `not_found`. */
export async function authorizedTag(readers: Readers, check: Check<TagId>): Promise<Authorized<Tag>> {
  const { actor, action, id } = check;
  assertCredential(actor, action);
  const tag = await readers.tags.find(id);
  const resource = tag
    ? await clientResource(readers, actor, tag.clientId)
    : await lookInVain(readers, actor);
  if (!tag || !resource || !can(actor, action, resource)) throw notFound('tag');
  return authorized(tag);
}
