import type {
  Campaign,
  CampaignId,
  campaignCreateInputSchema,
  campaignListInputSchema,
  campaignUpdateInputSchema,
  Stats,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedCampaign, authorizedClient } from '../access/authorized.ts';
import { assertCredential, visibleTo } from '../access/policy.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { AppError, editedMeanwhile } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { assertNothingAwaited } from '../guests/assert-nothing-awaited.ts';
import { completeOnce } from '../idempotency/complete-once.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assertNotShared } from '../shares/assert-not-shared.ts';
import type { CampaignPatch } from './campaign-repository.ts';

type Create = z.output<typeof campaignCreateInputSchema>;
type Update = z.output<typeof campaignUpdateInputSchema>;
type List = z.output<typeof campaignListInputSchema>;

/** Campaigns: pieces of work for one client. */
export interface CampaignService {
  /** Newest first. Fails with `not_found` when `clientId` is given and not visible. */
  list(caller: Caller, input: List): Promise<Campaign[]>;
  get(caller: Caller, id: CampaignId): Promise<Campaign>;
  /** Fails with `not_found` when the client is not visible. */
  create(caller: Caller, input: Create): Promise<Campaign>;
  /** Fails with `not_found`, or `conflict` when `rowVersion` is given and no longer the current one. */
  update(caller: Caller, input: Update): Promise<Campaign>;
  /** Fails with `not_found`, with `conflict`, with `not_empty` while it has assets, or with `in_use` while a share link shows it or guests send files for it. */
  delete(caller: Caller, input: { id: CampaignId; rowVersion?: number | undefined }): Promise<void>;
  stats(caller: Caller, id: CampaignId): Promise<Stats>;
}

function patchOf(input: Update): CampaignPatch {
  return {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.goal !== undefined && { goal: input.goal }),
    ...(input.status !== undefined && { status: input.status }),
    ...(input.brief !== undefined && { brief: input.brief }),
  };
}

export function createCampaignService({ database, clock, ids }: ServiceDependencies): CampaignService {
  return {
    list({ actor }, { clientId }) {
      assertCredential(actor, 'campaign.list');
      return database.read(async (readers) => {
        if (clientId) await authorizedClient(readers, { actor, action: 'campaign.list', id: clientId });
        return readers.campaigns.list({ visibility: visibleTo(actor), ...(clientId && { clientId }) });
      });
    },

    get({ actor }, id) {
      return database.read((readers) => authorizedCampaign(readers, { actor, action: 'campaign.read', id }));
    },

    async create(caller, input) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        await authorizedClient(writers, {
          actor: caller.actor,
          action: 'campaign.create',
          id: input.clientId,
        });
        const campaign = await writers.campaigns.insert({
          id: ids.campaign(),
          clientId: input.clientId,
          name: input.name,
          goal: input.goal,
          status: input.status,
          brief: input.brief ?? null,
          at,
        });
        await recordChange(writers, caller, at, {
          action: 'campaign.create',
          target: { type: 'campaign', id: campaign.id },
          clientId: campaign.clientId,
          after: campaign,
        });
        await completeOnce(writers, caller, { type: 'campaign', id: campaign.id });
        return campaign;
      });
    },

    async update(caller, input) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const check = { actor: caller.actor, action: 'campaign.update', id: input.id } as const;
        const before = await authorizedCampaign(writers, check);
        const expectedRowVersion = input.rowVersion ?? before.rowVersion;
        const after = await writers.campaigns.update({
          id: before.id,
          expectedRowVersion,
          patch: patchOf(input),
          at,
        });
        if (!after) throw editedMeanwhile('campaign', expectedRowVersion);
        await recordChange(writers, caller, at, {
          action: 'campaign.update',
          target: { type: 'campaign', id: after.id },
          clientId: after.clientId,
          before,
          after,
        });
        return after;
      });
    },

    async delete(caller, { id, rowVersion }) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        // Before its links are looked at: one that is made meanwhile would go with it unseen.
        await writers.campaigns.lock(id);
        const before = await authorizedCampaign(writers, {
          actor: caller.actor,
          action: 'campaign.delete',
          id,
        });
        const expectedRowVersion = rowVersion ?? before.rowVersion;
        await assertNotShared(writers, { campaignId: id }, at);
        await assertNothingAwaited(writers, id, at);
        const deletion = await writers.campaigns.delete(id, expectedRowVersion);
        if (deletion === 'edited') throw editedMeanwhile('campaign', expectedRowVersion);
        if (deletion === 'not_empty') {
          throw new AppError(
            'not_empty',
            'This campaign still has assets (those in the trash count). Archive it instead, or move them first.',
          );
        }
        await recordChange(writers, caller, at, {
          action: 'campaign.delete',
          target: { type: 'campaign', id },
          clientId: before.clientId,
          before,
        });
      });
    },

    stats({ actor }, id) {
      return database.read(async (readers) => {
        const campaign = await authorizedCampaign(readers, { actor, action: 'campaign.read', id });
        const visibility = await visibilityIn(readers, actor, campaign.clientId);
        return visibility.kind === 'all'
          ? readers.campaigns.stats(id)
          : readers.assets.stats({ visibility, campaignId: id });
      });
    },
  };
}
