import { type NewAsset, uuidIds } from '@vitrine/core';
import {
  type AssetFacts,
  type AssetType,
  type CampaignId,
  type ClientId,
  mimeTypeOf,
  type Sha256,
  sha256Schema,
  type UserId,
} from '@vitrine/schema';
import type { TestDatabase } from './test-database.ts';

export interface Agency {
  readonly userId: UserId;
  readonly clientId: ClientId;
  readonly campaignId: CampaignId;
  readonly otherCampaignId: CampaignId;
  readonly sha256: Sha256;
}

const exampleFacts: { readonly [T in AssetType]: Extract<AssetFacts, { type: T }> } = {
  image: { type: 'image', format: 'jpg', width: 30, height: 20 },
  video: { type: 'video', format: 'mp4', width: 30, height: 20, durationMs: 1500 },
  audio: { type: 'audio', format: 'mp3', durationMs: 1500 },
  document: { type: 'document', format: 'pdf', pageCount: null },
};

export const exampleSha256 = sha256Schema.parse('ab'.repeat(32));

/** A user with a client that has two campaigns. */
export async function seedAgency({ database, addUser }: TestDatabase): Promise<Agency> {
  const userId = await addUser();
  const agency = {
    userId,
    clientId: uuidIds.client(),
    campaignId: uuidIds.campaign(),
    otherCampaignId: uuidIds.campaign(),
    sha256: exampleSha256,
  };
  await database.transaction(async (writers) => {
    await writers.clients.insert({
      id: agency.clientId,
      userId,
      name: 'Northwind Coffee',
      description: '',
      brandGuidelines: null,
      at: 1,
    });
    for (const id of [agency.campaignId, agency.otherCampaignId]) {
      await writers.campaigns.insert({
        id,
        clientId: agency.clientId,
        name: 'Winter roast',
        goal: '',
        status: 'draft',
        brief: null,
        at: 1,
      });
    }
    await writers.blobs.ensure({ sha256: agency.sha256, size: 10, store: 'disk', known: false, at: 1 });
  });
  return agency;
}

/** An asset of the agency's client that nobody has written yet. */
export function newAsset(agency: Agency, change: Partial<NewAsset> & { type?: AssetType } = {}): NewAsset {
  const { type = 'image', ...rest } = change;
  const facts = exampleFacts[type];
  return {
    id: uuidIds.asset(),
    userId: agency.userId,
    clientId: agency.clientId,
    campaignId: null,
    name: `a ${type}`,
    facts,
    mimeType: mimeTypeOf(facts.format),
    size: 10,
    sha256: agency.sha256,
    roles: [],
    tags: [],
    at: 1000,
    ...rest,
  };
}
