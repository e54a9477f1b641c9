import type { Campaign, CampaignId, Client, ClientId, Tag, TagId } from '@vitrine/schema';
import { notFound } from '../app-error.ts';
import type { AssetRecord } from '../assets/asset-record.ts';
import type { Readers } from '../ports/database.ts';
import type { Actor } from './actor.ts';
import type { Action } from './permission.ts';
import { assertCredential, can } from './policy.ts';

type AssetId = AssetRecord['id'];

interface Check<Id> {
  readonly actor: Actor;
  readonly action: Action;
  readonly id: Id;
}

/** The client, if the actor may do this with it; otherwise `not_found`, whether it exists or not. */
export async function authorizedClient(readers: Readers, check: Check<ClientId>): Promise<Client> {
  assertCredential(check.actor, check.action);
  const client = await readers.clients.find(check.id);
  if (!client || !can(check.actor, check.action, { clientOwnerId: client.userId })) throw notFound('client');
  return client;
}

/** Whether the actor may do this with what the client owns. */
export async function mayActOn(readers: Readers, check: Check<ClientId>): Promise<boolean> {
  const client = await readers.clients.find(check.id);
  return client !== null && can(check.actor, check.action, { clientOwnerId: client.userId });
}

/** The campaign, if the actor may do this with it; otherwise `not_found`. */
export async function authorizedCampaign(readers: Readers, check: Check<CampaignId>): Promise<Campaign> {
  assertCredential(check.actor, check.action);
  const campaign = await readers.campaigns.find(check.id);
  if (!campaign || !(await mayActOn(readers, { ...check, id: campaign.clientId })))
    throw notFound('campaign');
  return campaign;
}

/** The asset, if the actor may do this with it; otherwise `not_found`. */
export async function authorizedAsset(readers: Readers, check: Check<AssetId>): Promise<AssetRecord> {
  assertCredential(check.actor, check.action);
  const asset = await readers.assets.find(check.id);
  if (!asset || !(await mayActOn(readers, { ...check, id: asset.clientId }))) throw notFound('asset');
  return asset;
}

/** The tag, if the actor may do this with it; otherwise `not_found`. */
export async function authorizedTag(readers: Readers, check: Check<TagId>): Promise<Tag> {
  assertCredential(check.actor, check.action);
  const tag = await readers.tags.find(check.id);
  if (!tag || !(await mayActOn(readers, { ...check, id: tag.clientId }))) throw notFound('tag');
  return tag;
}
