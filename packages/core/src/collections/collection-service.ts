import type {
  Collection,
  CollectionId,
  collectionAddInputSchema,
  collectionAssetsInputSchema,
  collectionCreateInputSchema,
  collectionDeleteInputSchema,
  collectionListInputSchema,
  collectionMoveInputSchema,
  collectionRemoveInputSchema,
  collectionUpdateInputSchema,
  Page,
} from '@vitrine/schema';
import { fold } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedClient } from '../access/authorized.ts';
import { visibilityIn } from '../access/visibility-in.ts';
import { editedMeanwhile, invalidField } from '../app-error.ts';
import type { AssetRecord, TileRecord } from '../assets/asset-record.ts';
import { recordChange } from '../audit/record-change.ts';
import { completeOnce } from '../idempotency/complete-once.ts';
import type { Writers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { assertNotShared } from '../shares/assert-not-shared.ts';
import { addToList } from './add-to-list.ts';
import { assetPage } from './asset-page.ts';
import { moveInList } from './move-in-list.ts';
import { removeFromList } from './remove-from-list.ts';
import { seenCollection } from './seen-collection.ts';

type Create = z.output<typeof collectionCreateInputSchema>;
type List = z.output<typeof collectionListInputSchema>;
type Update = z.output<typeof collectionUpdateInputSchema>;
type Delete = z.output<typeof collectionDeleteInputSchema>;
type Assets = z.output<typeof collectionAssetsInputSchema>;
type Add = z.output<typeof collectionAddInputSchema>;
type Remove = z.output<typeof collectionRemoveInputSchema>;
type Move = z.output<typeof collectionMoveInputSchema>;

/**
 * Collections: lists that people keep, and saved searches, each of one client. Every method fails with `not_found` for a client or
 * collection that is not visible; those that edit what a list holds fail with `invalid_input` for a query.
 */
export interface CollectionService {
  /** By name. */
  list(caller: Caller, input: List): Promise<Collection[]>;
  get(caller: Caller, id: CollectionId): Promise<Collection>;
  create(caller: Caller, input: Create): Promise<Collection>;
  /** Fails with `conflict` when `rowVersion` is given and no longer the current one, and with `invalid_input` for the query of a list. */
  update(caller: Caller, input: Update): Promise<Collection>;
  /** Its assets stay where they are. Fails with `conflict` as `update` does, and with `in_use` while a share link shows it. */
  delete(caller: Caller, input: Delete): Promise<void>;
  /** What the caller sees of it: a list in its order, a query newest first. */
  assets(caller: Caller, input: Assets): Promise<Page<AssetRecord>>;
  tiles(caller: Caller, input: Assets): Promise<Page<TileRecord>>;
  /**
   * Puts assets at the end; those that the list holds already stay where they are. Fails with `not_found` when one is not the
   * client's, is in the trash or is not visible, and with `invalid_input` when the list would be too long; then nothing is added.
   */
  add(caller: Caller, input: Add): Promise<Collection>;
  /** What it does not hold is passed over. */
  remove(caller: Caller, input: Remove): Promise<Collection>;
  /** Fails with `not_found` when it does not hold all of them; then nothing is moved. */
  move(caller: Caller, input: Move): Promise<Collection>;
}

export function createCollectionService(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock' | 'ids'>,
): CollectionService {
  const { database, clock, ids } = dependencies;

  /** Locked before it is read, so that whoever gives no row version is never too late. */
  async function locked(writers: Writers, caller: Caller, { id, rowVersion }: Delete): Promise<Collection> {
    await writers.collections.lock(id);
    const { actor } = caller;
    const { collection } = await seenCollection(writers, { actor, action: 'collection.write', id });
    if (rowVersion !== undefined && rowVersion !== collection.rowVersion) {
      throw editedMeanwhile('collection', rowVersion);
    }
    return collection;
  }

  return {
    list({ actor }, { clientId, q, limit }) {
      return database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'collection.read', id: clientId });
        const visibility = await visibilityIn(readers, actor, clientId);
        return readers.collections.list({ clientId, visibility, limit, ...(q && { text: fold(q) }) });
      });
    },

    async get({ actor }, id) {
      const seen = await database.read((readers) =>
        seenCollection(readers, { actor, action: 'collection.read', id }),
      );
      return seen.collection;
    },

    create(caller, input) {
      const { actor } = caller;
      const at = clock.now();
      return database.transaction(async (writers) => {
        await authorizedClient(writers, { actor, action: 'collection.write', id: input.clientId });
        const id = ids.collection();
        await writers.collections.insert({ ...input, id, userId: actor.userId, at });
        const { collection } = await seenCollection(writers, { actor, action: 'collection.write', id });
        await recordChange(writers, caller, at, {
          action: 'collection.create',
          target: { type: 'collection', id },
          clientId: input.clientId,
          after: collection,
        });
        await completeOnce(writers, caller, { type: 'collection', id });
        return collection;
      });
    },

    update(caller, input) {
      const { id, name, query } = input;
      const at = clock.now();
      return database.transaction(async (writers) => {
        const before = await locked(writers, caller, input);
        if (query !== undefined && before.kind === 'list') {
          throw invalidField(['query'], 'is not for a list; make a collection of the kind query');
        }
        const patch = { ...(name !== undefined && { name }), ...(query !== undefined && { query }) };
        await writers.collections.update({ id, patch, at });
        const { actor } = caller;
        const { collection: after } = await seenCollection(writers, {
          actor,
          action: 'collection.write',
          id,
        });
        await recordChange(writers, caller, at, {
          action: 'collection.update',
          target: { type: 'collection', id },
          clientId: before.clientId,
          before,
          after,
        });
        return after;
      });
    },

    async delete(caller, input) {
      const at = clock.now();
      await database.transaction(async (writers) => {
        const before = await locked(writers, caller, input);
        await assertNotShared(writers, { collectionId: before.id }, at);
        await writers.collections.delete(before.id);
        await recordChange(writers, caller, at, {
          action: 'collection.delete',
          target: { type: 'collection', id: before.id },
          clientId: before.clientId,
          before,
        });
      });
    },

    assets: (caller, input) =>
      database.read((readers) =>
        assetPage(readers, caller.actor, input, (found) => readers.search.records(found)),
      ),
    tiles: (caller, input) =>
      database.read((readers) =>
        assetPage(readers, caller.actor, input, (found) => readers.search.tiles(found)),
      ),

    add: (caller, input) => addToList(dependencies, caller, input),
    remove: (caller, input) => removeFromList(dependencies, caller, input),
    move: (caller, input) => moveInList(dependencies, caller, input),
  };
}
