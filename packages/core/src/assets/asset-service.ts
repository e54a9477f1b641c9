import type {
  AssetId,
  assetListInputSchema,
  assetSetRolesInputSchema,
  assetTrashInputSchema,
  assetUpdateInputSchema,
  Page,
} from '@vitrine/schema';
import { encodeAssetCursor, mayCarry } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { type Authorized, authorizedAsset, authorizedClient, lookInVain } from '../access/authorized.ts';
import { mayRead } from '../access/may-read.ts';
import { assertCredential } from '../access/policy.ts';
import { AppError, editedMeanwhile, invalidField, notFound } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { assertWhole } from '../health/assert-whole.ts';
import type { Readers, Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { type AssetRecord, auditedAsset, type TileRecord } from './asset-record.ts';
import type { AssetFile, AssetPatch, AssetQuery } from './asset-repository.ts';
import { campaignOfClient } from './campaign-of-client.ts';
import { queryFor, searched } from './find-assets.ts';
import { positionOf, type SortedAsset } from './position-of.ts';
import { splitTags } from './split-tags.ts';

type List = z.output<typeof assetListInputSchema>;
type Update = z.output<typeof assetUpdateInputSchema>;
type SetRoles = z.output<typeof assetSetRolesInputSchema>;
type Trash = z.output<typeof assetTrashInputSchema>;

/** Assets once they exist; `UploadService` makes them. Every method fails with `not_found` for what the caller may not see. */
export interface AssetService {
  list(caller: Caller, input: List): Promise<Page<AssetRecord>>;
  tiles(caller: Caller, input: List): Promise<Page<TileRecord>>;
  get(caller: Caller, id: AssetId): Promise<AssetRecord>;
  /** What the file route serves: where the bytes of a version are (left out: of the current one), and as what. */
  file(caller: Caller, id: AssetId, version?: number): Promise<AssetFile>;
  /** Fails with `conflict`, `campaign_client_mismatch`, or `invalid_input` for a role of another kind. */
  update(caller: Caller, input: Update): Promise<AssetRecord>;
  /** Fails with `type_mismatch` when the asset is of another kind than the input says. */
  setRoles(caller: Caller, input: SetRoles): Promise<AssetRecord>;
  /** To the trash, with everything that belongs to it. Fails with `conflict`. */
  trash(caller: Caller, input: Trash): Promise<void>;
}

/** Runs a query for one row more than the page holds, which tells whether another page follows. */
async function page<T extends SortedAsset>(
  readers: Readers,
  { query, isSearch }: { readonly query: AssetQuery; readonly isSearch: boolean },
  run: (query: AssetQuery) => Promise<T[]>,
): Promise<Page<T>> {
  const rows = await run({ ...query, limit: query.limit + 1 });
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const more = rows.length > query.limit && last;
  const countable = !query.roles && !query.tagKeys && !isSearch;
  return {
    items,
    nextCursor: more ? encodeAssetCursor(positionOf(last, query.sort)) : null,
    total: countable ? await readers.assets.count(query) : null,
  };
}

export function createAssetService({ database, clock }: ServiceDependencies): AssetService {
  /** One edit of one asset: check, change if unchanged meanwhile, audit. */
  function edit(
    caller: Caller,
    input: { id: AssetId; rowVersion?: number | undefined },
    patchFor: (writers: Writers, before: Authorized<AssetRecord>) => Promise<AssetPatch>,
  ): Promise<AssetRecord> {
    const at = clock.now();
    return database.transaction(async (writers) => {
      const before = await authorizedAsset(writers, {
        actor: caller.actor,
        action: 'asset.update',
        id: input.id,
      });
      const patch = await patchFor(writers, before);
      const expectedRowVersion = input.rowVersion ?? before.rowVersion;
      const after = await writers.assets.update({ id: before.id, expectedRowVersion, patch, at });
      if (!after) throw editedMeanwhile('asset', expectedRowVersion);
      await recordChange(writers, caller, at, {
        action: 'asset.update',
        target: { type: 'asset', id: after.id, campaignId: after.campaignId },
        clientId: after.clientId,
        before: auditedAsset(before),
        after: auditedAsset(after),
      });
      return after;
    });
  }

  return {
    list({ actor }, input) {
      assertCredential(actor, 'asset.list');
      return database.read(async (readers) => {
        const query = await queryFor(readers, actor, input);
        return page(readers, { query, isSearch: Boolean(input.q) }, async (wider) =>
          input.q
            ? readers.search.records(await searched(readers, actor, { ...input, q: input.q }, wider))
            : readers.assets.list(wider),
        );
      });
    },

    tiles({ actor }, input) {
      assertCredential(actor, 'asset.list');
      return database.read(async (readers) => {
        const query = await queryFor(readers, actor, input);
        return page(readers, { query, isSearch: Boolean(input.q) }, async (wider) =>
          input.q
            ? readers.search.tiles(await searched(readers, actor, { ...input, q: input.q }, wider))
            : readers.assets.listTiles(wider),
        );
      });
    },

    get({ actor }, id) {
      return database.read((readers) => authorizedAsset(readers, { actor, action: 'asset.read', id }));
    },

    async file({ actor }, id, version) {
      assertCredential(actor, 'asset.read');
      return database.read(async (readers) => {
        const file = await readers.assets.findFile(id, version);
        const mayBeServed = file ? await mayRead(readers, actor, file) : await lookInVain(readers, actor);
        if (!file || !mayBeServed) throw notFound('asset');
        assertWhole(file.damage);
        return file;
      });
    },

    update(caller, input) {
      return edit(caller, input, async (writers, before) => {
        if (input.campaignId === null) {
          // Out to the client is a place, too.
          const id = before.clientId;
          await authorizedClient(writers, { actor: caller.actor, action: 'asset.create', id });
        } else if (input.campaignId) {
          const { campaignId } = input;
          const { actor } = caller;
          await campaignOfClient(writers, {
            actor,
            action: 'asset.create',
            clientId: before.clientId,
            campaignId,
          });
        }
        return {
          ...(input.name !== undefined && { name: input.name }),
          ...(input.campaignId !== undefined && { campaignId: input.campaignId }),
          ...(input.priority !== undefined && { priority: input.priority }),
          ...(input.tags && splitTags(before.type, input.tags)),
        };
      });
    },

    setRoles(caller, input) {
      return edit(caller, { id: input.id }, async (_writers, before) => {
        if (before.type !== input.type) {
          throw new AppError(
            'type_mismatch',
            `This asset is of the kind '${before.type}', not '${input.type}'.`,
          );
        }
        const wrong = input.roles.find((role) => !mayCarry(before.type, role));
        if (wrong) throw invalidField(['roles'], `'${wrong}' is not a role of ${before.type} assets.`);
        return { roles: [...new Set(input.roles)] };
      });
    },

    async trash(caller, input) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const check = { actor: caller.actor, action: 'asset.trash', id: input.id } as const;
        const before = await authorizedAsset(writers, check);
        const expectedRowVersion = input.rowVersion ?? before.rowVersion;
        if (!(await writers.assets.trash({ id: before.id, expectedRowVersion, at }))) {
          throw editedMeanwhile('asset', expectedRowVersion);
        }
        await recordChange(writers, caller, at, {
          action: 'asset.trash',
          target: { type: 'asset', id: before.id, campaignId: before.campaignId },
          clientId: before.clientId,
          before: auditedAsset(before),
        });
      });
    },
  };
}
