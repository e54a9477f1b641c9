import {
  type AssetId,
  type AssetUses,
  type assetPurgeInputSchema,
  type assetRestoreInputSchema,
  type ClientId,
  encodeCursor,
  type TrashEmptied,
  type TrashedAsset,
  type trashEmptyInputSchema,
  type trashListInputSchema,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import {
  type Authorized,
  authorizedAsset,
  authorizedClient,
  lookInVain,
  permittedAsset,
} from '../access/authorized.ts';
import type { Action } from '../access/permission.ts';
import { assertCredential, can } from '../access/policy.ts';
import { clientResource } from '../access/resource-of.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { AppError, editedMeanwhile, notFound } from '../app-error.ts';
import { type AssetRecord, auditedAsset } from '../assets/asset-record.ts';
import { recordChange, recordSystemChange } from '../audit/record-change.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { Readers, Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assertWithinQuota } from '../uploads/quota.ts';
import type { TrashedRecord } from './trash-repository.ts';

type List = z.output<typeof trashListInputSchema>;
type Restore = z.output<typeof assetRestoreInputSchema>;
type Purge = z.output<typeof assetPurgeInputSchema>;
type Empty = z.output<typeof trashEmptyInputSchema>;

/** What was moved to the trash. Every method fails with `not_found` for what the caller may not see. */
export interface TrashService {
  list(caller: Caller, input: List): Promise<{ items: TrashedAsset[]; nextCursor: string | null }>;
  /** Where an asset is used, in the trash or not. */
  uses(caller: Caller, id: AssetId): Promise<AssetUses>;
  /** Fetches an asset back with everything that belonged to it. Fails with `conflict` or `quota_exceeded`. */
  restore(caller: Caller, input: Restore): Promise<AssetRecord>;
  /** Deletes an asset of the trash for good. Fails with `in_use` while something is made of it, unless it is forced. */
  purge(caller: Caller, input: Purge): Promise<void>;
  /** Deletes what is in a client's trash for good, but for what something is made of. */
  empty(caller: Caller, input: Empty): Promise<TrashEmptied>;
  /** Deletes what has been there for as long as it is kept. Answers how many. */
  purgeOld(signal?: AbortSignal): Promise<number>;
}

const dayMs = 86_400_000;
/** So many are deleted in one transaction. */
const batchSize = 20;

async function authorizedTrashed(
  readers: Readers,
  { actor, action, id }: { readonly actor: Actor; readonly action: Action; readonly id: AssetId },
): Promise<Authorized<TrashedRecord>> {
  assertCredential(actor, action);
  const found = await readers.trash.find(id);
  const asset = found
    ? await permittedAsset(readers, { actor, action, asset: found })
    : await lookInVain(readers, actor);
  if (!asset) throw notFound('asset');
  return asset;
}

/** Some by name, the rest by their number: not all of them need be seen. */
const listed = (names: readonly { readonly name: string }[], total: number) => {
  const shown = names.slice(0, 3).map(({ name }) => `“${name}”`);
  const more = total - shown.length;
  if (shown.length === 0) return total === 1 ? 'Something' : `${total} assets`;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ');
};

function audited({ thumbhash: _thumbhash, ...asset }: TrashedRecord) {
  return asset;
}

/** What is made of the asset and not in the trash; it stays so until the transaction ends. */
async function madeOf(writers: Writers, id: AssetId, at: number): Promise<AssetUses['madeInto']> {
  await writers.trash.lockProducts(id);
  return (await writers.trash.uses({ id, visibility: { kind: 'all' }, at })).madeInto;
}

/** Deletes for good, in a transaction; what the bytes were is marked for the collector. */
async function purgeOne(writers: Writers, asset: TrashedRecord, at: number): Promise<boolean> {
  await writers.guestFiles.forgetAsset(asset.id);
  const bytes = await writers.trash.purge(asset.id);
  if (!bytes) return false;
  await writers.collector.mark({ sha256s: bytes, at });
  return true;
}

interface Batch {
  readonly count: number;
  readonly last: AssetId | null;
}

interface Purging {
  readonly clientId?: ClientId;
  /** Only what has been in the trash for longer than this. */
  readonly keptMs: number;
  /** Called first in each transaction. */
  readonly begin?: (writers: Writers) => Promise<void>;
  /** Those for which it answers no are passed over. */
  readonly may?: (writers: Writers, asset: TrashedRecord) => Promise<boolean>;
  readonly record: typeof recordSystemChange;
  readonly signal?: AbortSignal;
}

export function createTrashService({ database, clock, trashDays }: ServiceDependencies): TrashService {
  const present = ({ trashedAt, userId: _userId, ...asset }: TrashedRecord): TrashedAsset => ({
    ...asset,
    trashedAt: toTimestamp(trashedAt),
    purgeAt: trashDays === null ? null : toTimestamp(trashedAt + trashDays * dayMs),
  });

  /** Deletes what is due, a few in each transaction. Answers how many. */
  async function purgeInBatches({ clientId, keptMs, begin, may, record, signal }: Purging): Promise<number> {
    let purged = 0;
    for (let after: AssetId | null = null; !signal?.aborted; ) {
      const at = clock.now();
      const query = { before: at - keptMs, after, limit: batchSize, ...(clientId && { clientId }) };
      const batch: Batch = await database.transaction(async (writers) => {
        await begin?.(writers);
        const due = await writers.trash.due(query);
        let count = 0;
        for (const asset of due) {
          if (may && !(await may(writers, asset))) continue;
          // Something may have come back since it was looked for.
          if ((await madeOf(writers, asset.id, at)).length > 0) continue;
          if (!(await purgeOne(writers, asset, at))) continue;
          count += 1;
          await record(writers, at, {
            action: 'asset.purge',
            target: { type: 'asset', id: asset.id, campaignId: asset.campaignId },
            clientId: asset.clientId,
            before: audited(asset),
          });
        }
        return { count, last: due.at(-1)?.id ?? null };
      });
      purged += batch.count;
      if (batch.last === null) break;
      after = batch.last;
    }
    return purged;
  }

  return {
    list({ actor }, { clientId, cursor, limit }) {
      assertCredential(actor, 'asset.list');
      return database.read(async (readers) => {
        if (clientId) await authorizedClient(readers, { actor, action: 'asset.list', id: clientId });
        const rows = await readers.trash.list({
          visibility: await visibilityIn(readers, actor, clientId),
          ...(clientId && { clientId }),
          ...(cursor && { after: cursor }),
          limit: limit + 1,
        });
        const page = rows.slice(0, limit);
        const last = page.at(-1);
        const nextCursor =
          rows.length > limit && last ? encodeCursor({ at: last.trashedAt, id: last.id }) : null;
        return { items: page.map(present), nextCursor };
      });
    },

    uses: ({ actor }, id) =>
      database.read(async (readers) => {
        const check = { actor, action: 'asset.read', id } as const;
        const trashed = await readers.trash.find(id);
        const { clientId } = trashed
          ? await authorizedTrashed(readers, check)
          : await authorizedAsset(readers, check);
        const visibility = await visibilityIn(readers, actor, clientId);
        const uses = await readers.trash.uses({ id, visibility, at: clock.now() });
        // Whoever was only let into a part of the client is not told what else there is.
        const client = await clientResource(readers, actor, clientId);
        return {
          ...uses,
          collections: can(actor, 'collection.read', client) ? uses.collections : [],
          shares: can(actor, 'share.read', client) ? uses.shares : [],
        };
      }),

    restore(caller, { id, rowVersion }) {
      const at = clock.now();
      return database.transaction(async (writers) => {
        const check = { actor: caller.actor, action: 'asset.trash', id } as const;
        const before = await authorizedTrashed(writers, check);
        const expectedRowVersion = rowVersion ?? before.rowVersion;
        const asset = await writers.assets.restore({ id, expectedRowVersion, at });
        if (!asset) throw editedMeanwhile('asset', expectedRowVersion);
        await assertWithinQuota(writers, asset.clientId);
        await recordChange(writers, caller, at, {
          action: 'asset.restore',
          target: { type: 'asset', id, campaignId: asset.campaignId },
          clientId: asset.clientId,
          after: auditedAsset(asset),
        });
        return asset;
      });
    },

    async purge(caller, { id, force }) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const check = { actor: caller.actor, action: 'asset.purge', id } as const;
        const before = await authorizedTrashed(writers, check);
        const madeInto = await madeOf(writers, id, at);
        if (madeInto.length > 0 && !force) {
          const visibility = await visibilityIn(writers, caller.actor, before.clientId);
          const seen = (await writers.trash.uses({ id, visibility, at })).madeInto;
          throw new AppError(
            'in_use',
            `${listed(seen, madeInto.length)} ${madeInto.length === 1 ? 'is' : 'are'} made of it. Delete what is made of it first, or delete it with \`force\`: what they are made of is then forgotten.`,
          );
        }
        if (!(await purgeOne(writers, before, at))) throw notFound('asset');
        await recordChange(writers, caller, at, {
          action: 'asset.purge',
          target: { type: 'asset', id, campaignId: before.campaignId },
          clientId: before.clientId,
          before: audited(before),
        });
      });
    },

    async empty(caller, { clientId }) {
      const check = { actor: caller.actor, action: 'asset.purge' } as const;
      const keptBy = async (readers: Readers) =>
        readers.trash.count({ clientId, visibility: await visibilityIn(readers, caller.actor, clientId) });
      const purged = await purgeInBatches({
        clientId,
        keptMs: -1,
        begin: async (writers) => void (await authorizedClient(writers, { ...check, id: clientId })),
        may: async (writers, asset) => (await permittedAsset(writers, { ...check, asset })) !== null,
        record: (writers, at, change) => recordChange(writers, caller, at, change),
      });
      return { purged, kept: await database.read(keptBy) };
    },

    async purgeOld(signal) {
      if (trashDays === null) return 0;
      return purgeInBatches({
        keptMs: trashDays * dayMs,
        record: recordSystemChange,
        ...(signal && { signal }),
      });
    },
  };
}
