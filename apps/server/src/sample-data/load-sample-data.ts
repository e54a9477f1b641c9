import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Caller, Services } from '@vitrine/core';
import {
  type CampaignId,
  type ClientId,
  campaignCreateInputSchema,
  clientCreateInputSchema,
  uploadInputSchema,
} from '@vitrine/schema';
import type { SampleAsset, SampleClient, SampleLibrary } from './sample-library.ts';

export interface LoadOptions {
  readonly services: Services;
  readonly caller: Caller;
  readonly library: SampleLibrary;
  readonly log: (text: string) => void;
}

async function loadCampaigns(
  { services, caller }: LoadOptions,
  client: SampleClient,
  clientId: ClientId,
): Promise<CampaignId[]> {
  const ids: CampaignId[] = [];
  for (const { input } of client.campaigns) {
    const campaign = await services.campaigns.create(
      caller,
      campaignCreateInputSchema.parse({ ...input, clientId }),
    );
    ids.push(campaign.id);
  }
  return ids;
}

async function loadAsset(
  { services, caller }: LoadOptions,
  asset: SampleAsset,
  target: { clientId: ClientId; campaignId: CampaignId | undefined },
): Promise<void> {
  const staged = await services.uploads.stage(createReadStream(asset.path));
  const fields = uploadInputSchema.parse({ ...target, name: asset.name, tags: asset.tags });
  await services.uploads.ingest(caller, { fields, fileName: path.basename(asset.path), staged });
}

/** Puts the sample agency into an installation that has no clients yet, through the same doors as everybody's files. */
export async function loadSampleData(options: LoadOptions): Promise<void> {
  const { services, caller, library, log } = options;
  const there = await services.clients.list(caller, { archived: true });
  if (there.length > 0) return;
  for (const client of library.clients) {
    log(`Adding ${client.input.name}`);
    const { id: clientId } = await services.clients.create(
      caller,
      clientCreateInputSchema.parse(client.input),
    );
    const campaignIds = await loadCampaigns(options, client, clientId);
    // The last one added is the first one in the grid.
    for (const asset of client.assets.toReversed()) {
      const campaignId = asset.campaign === null ? undefined : campaignIds[asset.campaign];
      await loadAsset(options, asset, { clientId, campaignId });
    }
  }
}
