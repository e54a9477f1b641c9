import type {
  AssetHiding,
  AssetId,
  assetHideInputSchema,
  ClientId,
  Grant,
  grantRemoveInputSchema,
  grantSetInputSchema,
  grantTargetSchema,
  Person,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { authorizedAsset, authorizedCampaign, authorizedClient } from '../access/authorized.ts';
import { type Action, actionNames } from '../access/permission.ts';
import { can, type Resource } from '../access/policy.ts';
import { assetResource, campaignResource, clientResource } from '../access/resource-of.ts';
import { invalidField, notFound } from '../app-error.ts';
import { recordChange, recordSystemChange } from '../audit/record-change.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { Hiding } from './grant-repository.ts';

type SetGrant = z.output<typeof grantSetInputSchema>;
type RemoveGrant = z.output<typeof grantRemoveInputSchema>;
type Target = z.output<typeof grantTargetSchema>;
type Hide = z.output<typeof assetHideInputSchema>;

/** Who may do what with a client's things. For its managers; every method fails with `not_found` for what the caller may not see. */
export interface GrantService {
  list(caller: Caller, input: { readonly clientId: ClientId }): Promise<Grant[]>;
  /** Whom a client can be opened to: every member. */
  people(caller: Caller, input: { readonly clientId: ClientId }): Promise<Person[]>;
  set(caller: Caller, input: SetGrant): Promise<Grant>;
  remove(caller: Caller, input: RemoveGrant): Promise<void>;
  /** What the caller may do with a client, a campaign or an asset, for whoever sees it. */
  allowed(caller: Caller, target: Target): Promise<Action[]>;
  /** Whether an asset is hidden, for whoever sees it. */
  hiding(caller: Caller, id: AssetId): Promise<AssetHiding>;
  hide(caller: Caller, input: Hide): Promise<AssetHiding>;
  /** Shows an asset whose embargo is over; of another one nothing is changed. */
  endEmbargo(id: AssetId): Promise<void>;
}

/** Checks that the caller manages what the grant is about, and answers whose it is. */
async function inClient<T extends RemoveGrant>(
  readers: Readers,
  { actor }: Caller,
  input: T,
): Promise<T & { readonly clientId: ClientId }> {
  return { ...input, clientId: await managedClient(readers, actor, input) };
}

async function managedClient(readers: Readers, actor: Actor, input: RemoveGrant): Promise<ClientId> {
  const action = 'grant.write';
  switch (input.kind) {
    case 'client':
      return (await authorizedClient(readers, { actor, action, id: input.clientId })).id;
    case 'campaign':
      return (await authorizedCampaign(readers, { actor, action, id: input.campaignId })).clientId;
    case 'asset':
      return (await authorizedAsset(readers, { actor, action, id: input.assetId })).clientId;
    default:
      return input satisfies never;
  }
}

const ofAssets = ['asset.', 'audit.', 'share.'];

/** Of an asset only what is done with an asset: all else is asked of the client or campaign around it. */
function isAskedOf(action: Action, { kind }: Target): boolean {
  return kind !== 'asset' || ofAssets.some((start) => action.startsWith(start));
}

async function resourceAt(readers: Readers, actor: Actor, target: Target): Promise<Resource> {
  switch (target.kind) {
    case 'client': {
      const { id } = await authorizedClient(readers, { actor, action: 'client.read', id: target.clientId });
      return clientResource(readers, actor, id);
    }
    case 'campaign': {
      const check = { actor, action: 'campaign.read', id: target.campaignId } as const;
      return campaignResource(readers, actor, await authorizedCampaign(readers, check));
    }
    case 'asset': {
      const check = { actor, action: 'asset.read', id: target.assetId } as const;
      return assetResource(readers, actor, await authorizedAsset(readers, check));
    }
    default:
      return target satisfies never;
  }
}

const hidingOf = (hiding: Pick<Hiding, 'until'> | null): AssetHiding => ({
  hidden: hiding && { until: hiding.until === null ? null : toTimestamp(hiding.until) },
});

export function createGrantService({ database, clock }: ServiceDependencies): GrantService {
  return {
    list: ({ actor }, { clientId }) =>
      database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'grant.list', id: clientId });
        return readers.grants.list(clientId);
      }),

    people: ({ actor }, { clientId }) =>
      database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'grant.list', id: clientId });
        return readers.grants.people();
      }),

    allowed: ({ actor }, target) =>
      database.read(async (readers) => {
        const resource = await resourceAt(readers, actor, target);
        return actionNames.filter((action) => isAskedOf(action, target) && can(actor, action, resource));
      }),

    set(caller, input) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const given = await inClient(writers, caller, input);
        if (!(await writers.users.find(given.userId))) {
          throw invalidField(['userId'], 'There is no such account, or it may not be used any more.');
        }
        const before = await writers.grants.find(given);
        await writers.grants.put({ ...given, grantedBy: caller.actor.userId, at });
        const after = await writers.grants.find(given);
        if (!after) throw new Error('The grant is not there after it was written.');
        await recordChange(writers, caller, at, {
          action: 'grant.set',
          target: { type: 'grant', id: given.userId },
          clientId: given.clientId,
          before,
          after,
        });
        return after;
      });
    },

    async remove(caller, input) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const key = await inClient(writers, caller, input);
        const before = await writers.grants.find(key);
        if (!before) throw notFound('grant');
        await writers.grants.remove(key);
        await recordChange(writers, caller, at, {
          action: 'grant.remove',
          target: { type: 'grant', id: key.userId },
          clientId: key.clientId,
          before,
        });
      });
    },

    hiding: ({ actor }, id) =>
      database.read(async (readers) => {
        await authorizedAsset(readers, { actor, action: 'asset.read', id });
        return hidingOf(await readers.grants.hiding(id));
      }),

    async endEmbargo(id) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const hiding = await writers.grants.hiding(id);
        if (!hiding || hiding.until === null || hiding.until > at) return;
        const { clientId, campaignId } = hiding;
        await writers.grants.show(id);
        await recordSystemChange(writers, at, {
          action: 'asset.hide',
          target: { type: 'asset', id, campaignId },
          clientId,
          before: hidingOf(hiding),
          after: hidingOf(null),
        });
      });
    },

    hide(caller, { id, hidden }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const { actor } = caller;
        const { clientId, campaignId } = await authorizedAsset(writers, { actor, action: 'asset.hide', id });
        const before = hidingOf(await writers.grants.hiding(id));
        const until = hidden && hidden.until !== null ? Date.parse(hidden.until) : null;
        if (until !== null && until <= at) {
          throw invalidField(
            ['hidden', 'until'],
            'This moment has passed. Choose a later one, or show the asset.',
          );
        }
        if (until !== null) {
          const dedupeKey = `asset.show:${id}:${until}`;
          await enqueueJob(writers, 'asset.show', { assetId: id }, { at, runAt: until, dedupeKey });
        }
        if (hidden) await writers.grants.hide({ assetId: id, clientId, until, hiddenBy: actor.userId, at });
        else await writers.grants.show(id);
        const after = hidingOf(hidden ? { until } : null);
        await recordChange(writers, caller, at, {
          action: 'asset.hide',
          target: { type: 'asset', id, campaignId },
          clientId,
          before,
          after,
        });
        return after;
      });
    },
  };
}
