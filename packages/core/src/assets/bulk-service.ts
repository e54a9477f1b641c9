import { setImmediate as otherWork } from 'node:timers/promises';
import {
  type AssetId,
  type assetBulkAssignInputSchema,
  type assetBulkMoveInputSchema,
  type assetBulkPriorityInputSchema,
  type assetBulkTagInputSchema,
  type assetBulkTrashInputSchema,
  type assetFilterSchema,
  type BulkAnswer,
  type BulkOutcome,
  type CampaignId,
  type PagePosition,
  unassignedClientId,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedCampaign, authorizedClient } from '../access/authorized.ts';
import { assertCredential, can } from '../access/policy.ts';
import { campaignResource, clientResource } from '../access/resource-of.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { tryAgain } from '../try-again.ts';
import { assertRoomFor } from '../uploads/quota.ts';
import type { AssetRecord } from './asset-record.ts';
import { type BulkEdit, bulkStep, type Skipped } from './bulk-step.ts';
import { createBulkTally } from './bulk-tally.ts';
import { campaignOfClient } from './campaign-of-client.ts';
import { changedTags } from './changed-tags.ts';
import { queryFor, searched } from './find-assets.ts';

type Filter = z.output<typeof assetFilterSchema>;
type Tag = z.output<typeof assetBulkTagInputSchema>;
type Assign = z.output<typeof assetBulkAssignInputSchema>;
type Move = z.output<typeof assetBulkMoveInputSchema>;
type Trash = z.output<typeof assetBulkTrashInputSchema>;
type Prioritise = z.output<typeof assetBulkPriorityInputSchema>;

/**
 * One edit of many assets. Each is edited or passed over on its own; none of them makes the others fail. What was done stays when the
 * process dies in between: the same again does the rest.
 */
export interface BulkService {
  /** Fails with `not_found` for a client or campaign of the query, `campaign_client_mismatch` where the two do not fit. */
  tag(caller: Caller, input: Tag): Promise<BulkAnswer>;
  /** Fails with `not_found` for the campaign. */
  move(caller: Caller, input: Move): Promise<BulkAnswer>;
  /**
   * Gives assets that came without a client to one. Fails with `not_found` for the client or campaign, `campaign_client_mismatch` where they do
   * not fit, and `quota_exceeded`.
   */
  assign(caller: Caller, input: Assign): Promise<BulkAnswer>;
  trash(caller: Caller, input: Trash): Promise<BulkAnswer>;
  prioritise(caller: Caller, input: Prioritise): Promise<BulkAnswer>;
}

const hasClient: Skipped = {
  reason: 'asset_of_another_client',
  detail: 'It has a client, and assets stay with theirs. Upload it to the other client instead.',
};
const missingCampaign = 'There is no such campaign.';
const notOutside = 'You may not put assets outside the campaigns of this client.';

/** Assets of one transaction: others who write wait for a tenth of a second at most. */
const stepSize = 100;

/** The ids behind a position of what a filter finds, newest first. Edits do not change that order. */
async function foundBehind(
  readers: Readers,
  { actor }: Caller,
  filter: Filter & { readonly cursor?: PagePosition | undefined },
) {
  const page = { ...filter, offset: 0, limit: stepSize };
  const query = await queryFor(readers, actor, page);
  return filter.q
    ? readers.search.tiles(await searched(readers, actor, { ...page, q: filter.q }, query))
    : readers.assets.listTiles(query);
}

/** Why an asset may not go to a campaign (null: to none of the client's), asked in the transaction that moves it. */
async function whyNotThere(
  readers: Readers,
  actor: Actor,
  { clientId }: AssetRecord,
  campaignId: CampaignId | null,
): Promise<Skipped | null> {
  const campaign = campaignId && (await readers.campaigns.find(campaignId));
  if (campaign && campaign.clientId !== clientId) {
    const detail = 'The campaign belongs to another client than the asset.';
    return { reason: 'campaign_of_another_client', detail };
  }
  const resource = campaign
    ? await campaignResource(readers, actor, campaign)
    : await clientResource(readers, actor, clientId);
  if ((campaign || campaignId === null) && can(actor, 'asset.create', resource)) return null;
  return { reason: 'not_found', detail: campaignId ? missingCampaign : notOutside };
}

export function createBulkService({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): BulkService {
  async function step(edit: BulkEdit, ids: readonly AssetId[]): Promise<BulkOutcome[]> {
    const outcomes = await tryAgain(() => database.transaction((writers) => bulkStep(writers, edit, ids)));
    await otherWork();
    return outcomes;
  }

  async function ofSelection(edit: BulkEdit, ids: readonly AssetId[]): Promise<BulkAnswer> {
    const tally = createBulkTally();
    const byId = new Map<AssetId, BulkOutcome>();
    // In order across all steps, as within each.
    const sorted = [...ids].sort();
    for (let from = 0; from < sorted.length; from += stepSize) {
      const outcomes = await step(edit, sorted.slice(from, from + stepSize));
      tally.add(outcomes);
      for (const one of outcomes) byId.set(one.id, one);
    }
    return { ...tally.counts(), outcomes: ids.flatMap((id) => byId.get(id) ?? []) };
  }

  async function ofQuery(edit: BulkEdit, filter: Filter): Promise<BulkAnswer> {
    const tally = createBulkTally();
    for (let cursor: PagePosition | undefined; ; ) {
      const position = { ...filter, cursor };
      const found = await database.read((readers) => foundBehind(readers, edit.caller, position));
      const last = found.at(-1);
      if (!last) return { ...tally.counts(), outcomes: null };
      tally.add(
        await step(
          edit,
          found.map(({ id }) => id),
        ),
      );
      cursor = { at: Date.parse(last.uploadedAt), id: last.id };
    }
  }

  return {
    async tag(caller, { assets, add, remove }) {
      assertCredential(caller.actor, 'asset.update');
      const decide: BulkEdit['decide'] = (asset) => changedTags(asset, { add, remove });
      const edit = { caller, at: clock.now(), action: 'asset.update', decide } as const;
      return 'ids' in assets ? ofSelection(edit, assets.ids) : ofQuery(edit, assets.query);
    },

    async move(caller, { ids, campaignId }) {
      const { actor } = caller;
      const action = 'asset.update';
      assertCredential(actor, action);
      // Of all of them, so that a campaign that is not there is an error and not as many outcomes.
      if (campaignId) {
        await database.read((readers) =>
          authorizedCampaign(readers, { actor, action: 'asset.create', id: campaignId }),
        );
      }
      const decide: BulkEdit['decide'] = async (asset, readers) =>
        (await whyNotThere(readers, actor, asset, campaignId)) ??
        (asset.campaignId === campaignId ? null : { campaignId });
      return ofSelection({ caller, at: clock.now(), action, decide }, ids);
    },

    async assign(caller, { ids, clientId, campaignId = null }) {
      const { actor } = caller;
      const action = 'asset.update';
      assertCredential(actor, action);
      const authorize = async (readers: Readers): Promise<void> => {
        if (campaignId) {
          await campaignOfClient(readers, { actor, action: 'asset.create', clientId, campaignId });
        } else await authorizedClient(readers, { actor, action: 'asset.create', id: clientId });
      };
      await database.read(authorize);
      const decide: BulkEdit['decide'] = async (asset, readers) => {
        if (asset.clientId !== unassignedClientId) return hasClient;
        await authorize(readers);
        await assertRoomFor(readers, clientId, { bytes: asset.size, assets: 1 });
        return { clientId, campaignId };
      };
      return ofSelection({ caller, at: clock.now(), action, decide }, ids);
    },

    async trash(caller, { ids }) {
      assertCredential(caller.actor, 'asset.trash');
      return ofSelection({ caller, at: clock.now(), action: 'asset.trash', decide: () => 'trash' }, ids);
    },

    async prioritise(caller, { items }) {
      assertCredential(caller.actor, 'asset.update');
      const priorities = new Map(items.map(({ id, priority }) => [id, priority]));
      const decide: BulkEdit['decide'] = (asset) => {
        const priority = priorities.get(asset.id) ?? null;
        return asset.priority === priority ? null : { priority };
      };
      return ofSelection(
        { caller, at: clock.now(), action: 'asset.update', decide },
        items.map(({ id }) => id),
      );
    },
  };
}
