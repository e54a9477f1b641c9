import {
  type BulkService,
  type Caller,
  type CollectionService,
  createBulkService,
  createCollectionService,
  type NewAsset,
  uuidIds,
} from '@vitrine/core';
import {
  type AssetId,
  type AssetType,
  type CollectionId,
  collectionAssetsInputSchema,
  maxListAssets,
} from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What collections do on every database. */
export function describeCollections(
  name: string,
  open: () => Promise<TestDatabase>,
  { runs, withFullLists }: { readonly runs: number; readonly withFullLists: boolean },
): void {
  describe(`collections on ${name}`, () => {
    let target: TestDatabase;
    let collections: CollectionService;
    let bulk: BulkService;
    let agency: Agency;
    let caller: Caller;
    let now = 5000;

    beforeAll(async () => {
      target = await open();
      const clock = { now: () => now };
      collections = createCollectionService({ ...target, clock, ids: uuidIds });
      bulk = createBulkService({ ...target, clock });
    });
    beforeEach(async () => {
      now = 5000;
      agency = await seedAgency(target);
      caller = memberOf(agency);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const memberOf = ({ userId }: Pick<Agency, 'userId'>): Caller => ({
      actor: { kind: 'user', userId, role: 'member' },
      requestId: 'test',
      address: null,
    });
    const insert = async (change: Partial<NewAsset> & { type?: AssetType } = {}, owner = agency) =>
      (await target.database.transaction((writers) => writers.assets.insert(newAsset(owner, change)))).id;
    async function insertMany(count: number, change: Partial<NewAsset> = {}): Promise<AssetId[]> {
      const assets = Array.from({ length: count }, () => newAsset(agency, change));
      await target.database.transaction(async (writers) => {
        for (const asset of assets) await writers.assets.insert(asset);
      });
      return assets.map(({ id }) => id);
    }
    const list = (title = 'Final cut') =>
      collections.create(caller, { kind: 'list', clientId: agency.clientId, name: title });
    const saved = (query: string) =>
      collections.create(caller, { kind: 'query', clientId: agency.clientId, name: 'Saved', query });
    /** All of it, in pages of two or more. */
    async function shown(id: CollectionId, by = caller, limit = 50): Promise<AssetId[]> {
      const ids: AssetId[] = [];
      for (let cursor: string | undefined; ; ) {
        const input = collectionAssetsInputSchema.parse({ id, limit, cursor });
        const page = await collections.assets(by, input);
        ids.push(...page.items.map((asset) => asset.id));
        if (page.nextCursor === null) return ids;
        cursor = page.nextCursor;
      }
    }
    async function actions(): Promise<string[]> {
      const events = await target.database.read((readers) =>
        readers.audit.list({ afterSeq: 0, limit: 100_000 }),
      );
      return events.filter(({ clientId }) => clientId === agency.clientId).map(({ action }) => action);
    }
    const trash = (ids: readonly AssetId[]) => bulk.trash(caller, { ids: [...ids] });
    async function restore(id: AssetId): Promise<void> {
      const change = { id, expectedRowVersion: 2, at: 9 };
      await target.database.transaction((writers) => writers.assets.restore(change));
    }

    it('are made, found by a part of their name, renamed and deleted, and each of it is noted', async () => {
      const one = await list('Été final');
      const two = await saved('kind:video');
      expect(one).toMatchObject({ kind: 'list', name: 'Été final', assetCount: 0, rowVersion: 1 });
      expect(two).toMatchObject({ kind: 'query', query: 'kind:video', rowVersion: 1 });
      const { clientId } = agency;
      const found = async (q?: string) =>
        (await collections.list(caller, { clientId, limit: 10, q })).map((each) => each.name);
      expect(await found()).toEqual(['Été final', 'Saved']);
      expect(await found('ETE')).toEqual(['Été final']);
      expect(await found('%')).toEqual([]);
      now = 6000;
      const renamed = await collections.update(caller, { id: one.id, rowVersion: 1, name: 'Autumn' });
      expect(renamed).toEqual({
        ...one,
        name: 'Autumn',
        rowVersion: 2,
        updatedAt: new Date(6000).toISOString(),
      });
      expect(await found('autumn')).toEqual(['Autumn']);
      expect(await found('ete')).toEqual([]);
      await collections.delete(caller, { id: one.id });
      await expect(collections.get(caller, one.id)).rejects.toMatchObject({ code: 'not_found' });
      expect(await found()).toEqual(['Saved']);
      expect(await actions()).toEqual([
        'collection.create',
        'collection.create',
        'collection.update',
        'collection.delete',
      ]);
    });

    it('are not edited or deleted by whoever read them before somebody else’s edit', async () => {
      const { id } = await list();
      await collections.update(caller, { id, name: 'Theirs' });
      const conflict = { code: 'conflict' };
      await expect(collections.update(caller, { id, rowVersion: 1, name: 'Mine' })).rejects.toMatchObject(
        conflict,
      );
      await expect(collections.delete(caller, { id, rowVersion: 1 })).rejects.toMatchObject(conflict);
      expect(await collections.get(caller, id)).toMatchObject({ name: 'Theirs', rowVersion: 2 });
    });

    it('of the kind list have no query, and those of the kind query take no assets', async () => {
      const one = await list();
      const two = await saved('harbour');
      const refused = { code: 'invalid_input' };
      const id = await insert();
      for (const attempt of [
        () => collections.update(caller, { id: one.id, query: 'x' }),
        () => collections.add(caller, { id: two.id, assetIds: [id] }),
        () => collections.remove(caller, { id: two.id, assetIds: [id] }),
        () => collections.move(caller, { id: two.id, assetIds: [id], before: null }),
      ]) {
        await expect(attempt()).rejects.toMatchObject(refused);
      }
      expect(await collections.update(caller, { id: two.id, query: 'quay' })).toMatchObject({
        query: 'quay',
      });
    });

    it('of another client are not there, whatever is done with them', async () => {
      const { id } = await list();
      const other = memberOf(await seedAgency(target));
      const asset = await insert();
      for (const attempt of [
        () => collections.get(other, id),
        () => collections.update(other, { id, name: 'x' }),
        () => collections.delete(other, { id }),
        () => collections.assets(other, { id, limit: 5 }),
        () => collections.add(other, { id, assetIds: [asset] }),
        () => collections.remove(other, { id, assetIds: [asset] }),
        () => collections.move(other, { id, assetIds: [asset], before: null }),
        () => collections.list(other, { clientId: agency.clientId, limit: 5 }),
        () => collections.create(other, { kind: 'list', clientId: agency.clientId, name: 'x' }),
        () => collections.get(caller, uuidIds.collection()),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
      }
      expect(await collections.get(caller, id)).toMatchObject({ name: 'Final cut' });
    });

    it('of the kind query show what the search finds now, of their own client alone, page by page', async () => {
      const { id } = await saved('harbour kind:image');
      const elsewhere = await seedAgency(target);
      await insert({ name: 'harbour' }, elsewhere);
      const images = [];
      for (let at = 1; at <= 5; at += 1) images.unshift(await insert({ name: 'harbour', at }));
      await insert({ name: 'harbour', type: 'video' });
      await insert({ name: 'quay' });
      const owner: Caller = { ...caller, actor: { ...caller.actor, role: 'owner' } };
      expect(await shown(id, owner, 2)).toEqual(images);
      images.unshift(await insert({ name: 'harbour at dawn', at: 9 }));
      expect(await shown(id)).toEqual(images);
      await collections.update(caller, { id, query: 'client:nowhere' });
      expect(await shown(id)).toEqual([]);
    });

    it('of the kind list keep the order in which assets are added, each of them once', async () => {
      const { id } = await list();
      const [a, b, c, d] = [await insert(), await insert(), await insert(), await insert()];
      await collections.add(caller, { id, assetIds: [c, a] });
      const added = await collections.add(caller, { id, assetIds: [d, a, b] });
      expect(added).toMatchObject({ assetCount: 4, rowVersion: 3 });
      expect(await shown(id, caller, 1)).toEqual([c, a, d, b]);
      expect(await collections.add(caller, { id, assetIds: [a] })).toMatchObject({ rowVersion: 3 });
    });

    it('take what a search finds of their client, newest first', async () => {
      const { id } = await list();
      await insert({ name: 'harbour' }, await seedAgency(target));
      const old = await insert({ name: 'harbour', at: 1 });
      const recent = await insert({ name: 'harbour', at: 2 });
      const there = await insert({ name: 'quay' });
      await collections.add(caller, { id, assetIds: [there] });
      const owner: Caller = { ...caller, actor: { ...caller.actor, role: 'owner' } };
      expect(await collections.add(owner, { id, query: 'harbour' })).toMatchObject({ assetCount: 3 });
      expect(await shown(id)).toEqual([there, recent, old]);
    });

    it('take nothing when one of the assets is another client’s, in the trash or nowhere', async () => {
      const { id } = await list();
      const mine = await insert();
      const foreign = await insert({}, await seedAgency(target));
      const trashed = await insert();
      await trash([trashed]);
      const owner: Caller = { ...caller, actor: { ...caller.actor, role: 'owner' } };
      for (const other of [foreign, trashed, uuidIds.asset()]) {
        const attempt = collections.add(owner, { id, assetIds: [mine, other] });
        await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
      }
      expect(await shown(id)).toEqual([]);
      expect(await collections.get(caller, id)).toMatchObject({ assetCount: 0, rowVersion: 1 });
    });

    it('move nothing when one of the assets, or the one behind them, is not held or in the trash', async () => {
      const { id } = await list();
      const [a, b, trashed, other] = await insertMany(4);
      if (!a || !b || !trashed || !other) throw new Error('Four were asked for.');
      await collections.add(caller, { id, assetIds: [a, b, trashed] });
      await trash([trashed]);
      for (const missing of [other, trashed]) {
        for (const move of [
          { id, assetIds: [b, missing], before: a },
          { id, assetIds: [a], before: missing },
        ]) {
          await expect(collections.move(caller, move)).rejects.toMatchObject({ code: 'not_found' });
        }
      }
      expect(await shown(id)).toEqual([a, b]);
    });

    it('do not show what lies in the trash, and show it at its place when it is back', async () => {
      const { id } = await list();
      const [a, b, c] = await insertMany(3);
      if (!a || !b || !c) throw new Error('Three were asked for.');
      await collections.add(caller, { id, assetIds: [a, b, c] });
      await trash([b]);
      expect(await shown(id, caller, 1)).toEqual([a, c]);
      expect(await collections.get(caller, id)).toMatchObject({ assetCount: 2 });
      await collections.move(caller, { id, assetIds: [c], before: a });
      await restore(b);
      expect(await shown(id)).toEqual([c, a, b]);
      await trash([a]);
      await collections.remove(caller, { id, assetIds: [a, uuidIds.asset()] });
      await target.database.transaction((writers) =>
        writers.assets.restore({ id: a, expectedRowVersion: 2, at: 9 }),
      );
      expect(await shown(id)).toEqual([c, b]);
    });

    it('neither show nor count nor take what is hidden from whoever looks', async () => {
      const { id } = await list();
      const [open1, hidden] = await insertMany(2);
      if (!open1 || !hidden) throw new Error('Two were asked for.');
      await collections.add(caller, { id, assetIds: [hidden, open1] });
      const userId = await target.addUser();
      const editor = memberOf({ userId });
      const { clientId } = agency;
      await target.database.transaction(async (writers) => {
        const by = agency.userId;
        await writers.grants.put({ kind: 'client', clientId, userId, role: 'editor', grantedBy: by, at: 1 });
        await writers.grants.hide({ assetId: hidden, clientId, until: null, hiddenBy: by, at: 1 });
      });
      expect(await shown(id, editor)).toEqual([open1]);
      expect(await collections.get(editor, id)).toMatchObject({ assetCount: 1 });
      const [listed] = await collections.list(editor, { clientId, limit: 5 });
      expect(listed).toMatchObject({ assetCount: 1 });
      const attempt = collections.move(editor, { id, assetIds: [hidden], before: null });
      await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
      await collections.remove(editor, { id, assetIds: [hidden] });
      expect(await shown(id)).toEqual([hidden, open1]);
    });

    it('take more in at one place than there is a gap for, and keep their order', async () => {
      const { id } = await list();
      const order = await insertMany(4);
      await collections.add(caller, { id, assetIds: order });
      const [, , behind] = order;
      if (!behind) throw new Error('Four were asked for.');
      for (let round = 0; round < 60; round += 1) {
        const [first] = order.splice(0, 1);
        if (!first) throw new Error('There are four of them.');
        order.splice(order.indexOf(behind), 0, first);
        await collections.move(caller, { id, assetIds: [first], before: behind });
        expect(await shown(id)).toEqual(order);
      }
    });

    it('lose nothing when eight are moved at once while others are added and removed', async () => {
      const { id } = await list();
      const ids = await insertMany(24);
      const [behind, ...rest] = ids;
      if (!behind) throw new Error('Some were asked for.');
      const [moved, removed, added] = [rest.slice(0, 8), rest.slice(8, 12), rest.slice(12, 18)];
      const stay = rest.slice(18);
      await collections.add(caller, { id, assetIds: [behind, ...moved, ...removed, ...stay] });
      await Promise.all([
        ...moved.map((one) => collections.move(caller, { id, assetIds: [one], before: behind })),
        ...removed.map((one) => collections.remove(caller, { id, assetIds: [one] })),
        ...added.map((one) => collections.add(caller, { id, assetIds: [one] })),
      ]);
      const order = await shown(id);
      expect(order.slice(0, 8).sort()).toEqual([...moved].sort());
      expect(order[8]).toBe(behind);
      expect(order.slice(9, 9 + stay.length)).toEqual(stay);
      expect(order.slice(9 + stay.length).sort()).toEqual([...added].sort());
    });

    it('are in the order of an array to which the same is done', async () => {
      const pool = await insertMany(8);
      const some = fc.shuffledSubarray(pool, { minLength: 1 });
      const step = fc.oneof(
        fc.record({ do: fc.constant('add' as const), ids: some }),
        fc.record({ do: fc.constant('remove' as const), ids: some }),
        fc.record({
          do: fc.constant('move' as const),
          ids: some,
          before: fc.option(fc.constantFrom(...pool)),
        }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          const { id } = await list();
          let model: AssetId[] = [];
          for (const one of steps) {
            switch (one.do) {
              case 'add':
                model.push(...one.ids.filter((each) => !model.includes(each)));
                await collections.add(caller, { id, assetIds: one.ids });
                break;
              case 'remove':
                model = model.filter((each) => !one.ids.includes(each));
                await collections.remove(caller, { id, assetIds: one.ids });
                break;
              case 'move': {
                const before = one.before !== null && model.includes(one.before) ? one.before : null;
                const assetIds = one.ids.filter((each) => model.includes(each) && each !== before);
                if (assetIds.length === 0) break;
                const others = model.filter((each) => !assetIds.includes(each));
                const to = before ? others.indexOf(before) : others.length;
                model = others.toSpliced(to, 0, ...assetIds);
                await collections.move(caller, { id, assetIds, before });
                break;
              }
              default:
                one satisfies never;
            }
          }
          expect(await shown(id, caller, 3)).toEqual(model);
          expect(await collections.get(caller, id)).toMatchObject({ assetCount: model.length });
        }),
        { numRuns: runs },
      );
    }, 120_000);

    if (withFullLists) {
      it('hold ten thousand assets and refuse one more, with nothing added', async () => {
        const { id } = await list();
        const [first, ...others] = await insertMany(maxListAssets + 1, { name: 'harbour' });
        if (!first) throw new Error('Many were asked for.');
        const refused = { code: 'invalid_input', message: expect.stringContaining('at most 10000 assets') };
        await expect(collections.add(caller, { id, query: 'harbour' })).rejects.toMatchObject(refused);
        expect(await collections.get(caller, id)).toMatchObject({ assetCount: 0 });
        await trash([first]);
        expect(await collections.add(caller, { id, query: 'harbour' })).toMatchObject({ assetCount: 10_000 });
        await restore(first);
        await trash(others.slice(0, 1));
        await expect(collections.add(caller, { id, assetIds: [first] })).rejects.toMatchObject(refused);
      }, 120_000);
    }
  });
}
