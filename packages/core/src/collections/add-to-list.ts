import { type AssetId, type Collection, type collectionAddInputSchema, maxListAssets } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { invalidField, notFound } from '../app-error.ts';
import { findNewest } from '../search/find-newest.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { editList, type HeldList } from './edit-list.ts';
import { placeAssets } from './place-assets.ts';
import { seenCollection } from './seen-collection.ts';

type Add = z.output<typeof collectionAddInputSchema>;

/** Asked for at once, so that no statement names too many. */
const idsAtATime = 1000;

async function inParts<T>(
  ids: readonly AssetId[],
  part: (some: readonly AssetId[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < ids.length; from += idsAtATime) {
    all.push(...(await part(ids.slice(from, from + idsAtATime))));
  }
  return all;
}

/** Which of these may be added and are not held yet, seen or not. */
async function missing({ writers, list, visibility }: HeldList, ids: readonly AssetId[], named: boolean) {
  const { id, clientId } = list;
  const { collections } = writers;
  const eligible = new Set(
    await inParts(ids, (some) => collections.eligible({ clientId, ids: some, visibility })),
  );
  // What a search found may be gone since.
  if (named && eligible.size < ids.length) throw notFound('asset');
  const everything = { visibility: { kind: 'all' }, withTrash: true } as const;
  const held = new Set(await inParts(ids, (some) => collections.held({ id, ids: some, ...everything })));
  return ids.filter((one) => eligible.has(one) && !held.has(one));
}

/** See `CollectionService.add`. */
export async function addToList(
  dependencies: Pick<ServiceDependencies, 'database' | 'clock'>,
  caller: Caller,
  { id, assetIds, query = '' }: Add,
): Promise<Collection> {
  const { actor } = caller;
  /** Searched for before the list is held: nobody waits for a search. */
  const found = () =>
    dependencies.database.read(async (readers) => {
      const check = { actor, action: 'collection.write', id } as const;
      const { clientId } = (await seenCollection(readers, check)).collection;
      return (await findNewest(readers, actor, { query, clientId, limit: maxListAssets + 1 })).items;
    });
  const chosen = assetIds ?? (await found());

  async function edit(held: HeldList): Promise<object | null> {
    const { writers, list } = held;
    const ids = await missing(held, chosen, assetIds !== undefined);
    if ((await writers.collections.count(id)) + ids.length > maxListAssets) {
      throw invalidField(
        [assetIds ? 'assetIds' : 'query'],
        `a list holds at most ${maxListAssets} assets, those in the trash counted; add fewer, or begin another list`,
      );
    }
    if (ids.length === 0) return null;
    await placeAssets(writers, { collection: list, ids, before: null });
    return { added: ids.length, ...(assetIds ? { assetIds: ids } : { query }) };
  }
  return editList(dependencies, { caller, id, action: 'collection.add', edit });
}
