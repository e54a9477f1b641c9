import {
  type AssetRecord,
  type BulkService,
  type Caller,
  createBulkService,
  createSearchService,
  createTagService,
  type NewAsset,
  type SearchService,
  type TagService,
  uuidIds,
} from '@vitrine/core';
import {
  type AssetId,
  type AssetType,
  assetBulkTagInputSchema,
  assetSearchInputSchema,
  assetTypes,
  type BulkAnswer,
  type Change,
  mayCarry,
  roleNamed,
  tagIdSchema,
  tagKey,
} from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Agency, newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

/** What tags and bulk edits do on every database. */
export function describeTags(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`tags and bulk edits on ${name}`, () => {
    let target: TestDatabase;
    let tags: TagService;
    let bulk: BulkService;
    let search: SearchService;
    let agency: Agency;
    let caller: Caller;
    let seq = 0;

    beforeAll(async () => {
      target = await open();
      const clock = { now: () => 5000 };
      tags = createTagService({ ...target, clock });
      bulk = createBulkService({ ...target, clock });
      search = createSearchService(target);
    });
    beforeEach(async () => {
      agency = await seedAgency(target);
      caller = memberOf(agency);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const memberOf = ({ userId }: Agency): Caller => ({
      actor: { kind: 'user', userId, role: 'member' },
      requestId: 'test',
      address: null,
    });
    const insert = (change: Partial<NewAsset> & { type?: AssetType } = {}, owner = agency) =>
      target.database.transaction((writers) => writers.assets.insert(newAsset(owner, change)));
    const find = (id: AssetId) => target.database.read((readers) => readers.assets.find(id));
    const tagsOf = async (id: AssetId) => (await find(id))?.tags;
    const named = async (text: string, owner = agency) => {
      const all = await tags.list(memberOf(owner), { clientId: owner.clientId, limit: 500 });
      const tag = all.find((one) => one.name === text);
      if (!tag) throw new Error(`There is no tag ${text}.`);
      return tag;
    };
    const names = async () =>
      (await tags.list(caller, { clientId: agency.clientId, limit: 500 })).map((tag) => [
        tag.name,
        tag.assetCount,
      ]);
    const found = async (query: string) => {
      const input = assetSearchInputSchema.parse({ query, clientId: agency.clientId, limit: 100 });
      return (await search.find(caller, input)).items.map(({ id }) => id).sort();
    };
    /** What was recorded since the last time. */
    async function recorded() {
      const changes = await target.database.read(async (readers) => {
        const visibility = { kind: 'all' } as const;
        return readers.changes.after({ seq, visibility, clientId: agency.clientId, limit: 10_000 });
      });
      const events = await target.database.read((readers) =>
        readers.audit.list({ afterSeq: 0, limit: 100_000 }),
      );
      seq = changes.at(-1)?.seq ?? seq;
      return {
        changes: changes.map(({ change }) => change),
        actions: events.filter(({ clientId }) => clientId === agency.clientId).map(({ action }) => action),
      };
    }
    const idsOf = (changes: readonly Change[]) =>
      changes.flatMap((change) => (change.kind === 'asset.updated' ? change.assetId : [])).sort();

    describe('a tag', () => {
      it('that is renamed is another name on its assets, which are edited by it and heard of', async () => {
        const { id } = await insert({ tags: ['harbor', 'red'] });
        const other = await insert({ tags: ['red'] });
        const tag = await tags.rename(caller, { id: (await named('harbor')).id, name: 'Harbour' });
        expect(tag).toMatchObject({ name: 'Harbour', assetCount: 1 });
        expect(await find(id)).toMatchObject({ tags: ['Harbour', 'red'], rowVersion: 2 });
        expect(await find(other.id)).toMatchObject({ rowVersion: 1 });
        expect(await found('tag:harbour')).toEqual([id]);
        expect(await found('tag:harbor')).toEqual([]);
        const { actions, changes } = await recorded();
        expect(actions).toEqual(['tag.rename']);
        expect(idsOf(changes)).toEqual([id]);
        const stale = { id, expectedRowVersion: 1, patch: { tags: ['harbor', 'new'] }, at: 6 };
        expect(await target.database.transaction((writers) => writers.assets.update(stale))).toBeNull();
      });

      it('may be spelt otherwise, but not take the name of another or of a role', async () => {
        await insert({ tags: ['harbor', 'Harbour'] });
        const { id } = await named('harbor');
        expect(await tags.rename(caller, { id, name: 'HARBOR' })).toMatchObject({ name: 'HARBOR' });
        const refused = tags.rename(caller, { id, name: 'harbour' });
        await expect(refused).rejects.toMatchObject({
          code: 'conflict',
          message: expect.stringContaining('Merge this one into it'),
        });
        expect(await names()).toEqual([
          ['HARBOR', 1],
          ['Harbour', 1],
        ]);
        const elsewhere = await seedAgency(target);
        await insert({ tags: ['quay'] }, elsewhere);
        expect(await tags.rename(caller, { id, name: 'quay' })).toMatchObject({ name: 'quay' });
      });

      it('of two renames at once to the same name only one is given it', async () => {
        await insert({ tags: ['a', 'b', 'c', 'd'] });
        const all = await tags.list(caller, { clientId: agency.clientId, limit: 10 });
        const results = await Promise.allSettled(
          all.map(({ id }) => tags.rename(caller, { id, name: 'same' })),
        );
        const refusals = results.filter((result) => result.status === 'rejected');
        expect(refusals.map(({ reason }) => reason)).toMatchObject(Array(3).fill({ code: 'conflict' }));
      });

      it('that is merged into another gives it all its assets, those in the trash too, and goes', async () => {
        const one = await insert({ tags: ['harbor', 'red'] });
        const both = await insert({ tags: ['harbor', 'Harbour'] });
        const trashed = await insert({ tags: ['harbor'] });
        const other = await insert({ tags: ['Harbour'] });
        await bulk.trash(caller, { ids: [trashed.id] });
        await recorded();
        const [from, into] = [await named('harbor'), await named('Harbour')];
        expect(await tags.merge(caller, { id: from.id, into: into.id })).toEqual({
          tag: { ...into, assetCount: 3 },
          changed: 3,
        });
        expect(await names()).toEqual([
          ['Harbour', 3],
          ['red', 1],
        ]);
        expect(await find(one.id)).toMatchObject({ tags: ['Harbour', 'red'], rowVersion: 2 });
        expect(await find(both.id)).toMatchObject({ tags: ['Harbour'], rowVersion: 2 });
        expect(await find(other.id)).toMatchObject({ rowVersion: 1 });
        expect(await found('tag:Harbour')).toEqual([one.id, both.id, other.id].sort());
        const { actions, changes } = await recorded();
        expect(idsOf(changes)).toEqual([one.id, both.id].sort());
        expect(actions).toEqual(['asset.trash', 'asset.update', 'asset.update', 'tag.merge']);
        const restored = await target.database.transaction((writers) =>
          writers.assets.restore({ id: trashed.id, expectedRowVersion: 3, at: 9 }),
        );
        expect(restored?.tags).toEqual(['Harbour']);
      });

      it('that is deleted is on no asset, and nothing is found by it', async () => {
        const { id } = await insert({ tags: ['harbor', 'red'], roles: ['subject'] });
        expect(await tags.delete(caller, (await named('harbor')).id)).toBe(1);
        expect(await find(id)).toMatchObject({ tags: ['subject', 'red'], rowVersion: 2 });
        expect(await found('tag:harbor')).toEqual([]);
        expect((await recorded()).actions).toEqual(['asset.update', 'tag.delete']);
      });

      it('of another client is not there, and two of two clients are not merged', async () => {
        const other = await seedAgency(target);
        await insert({ tags: ['theirs'] }, other);
        await insert({ tags: ['mine'] });
        const theirs = await named('theirs', other);
        const mine = await named('mine');
        for (const attempt of [
          () => tags.rename(caller, { id: theirs.id, name: 'x' }),
          () => tags.delete(caller, theirs.id),
          () => tags.merge(caller, { id: mine.id, into: theirs.id }),
          () => tags.merge(caller, { id: theirs.id, into: mine.id }),
          () => tags.delete(caller, tagIdSchema.parse(uuidIds.tag())),
        ]) {
          await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
        }
        const owner: Caller = { ...caller, actor: { ...caller.actor, role: 'owner' } };
        const merge = tags.merge(owner, { id: mine.id, into: theirs.id });
        await expect(merge).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: ['into'] }] });
      });

      it('that very many carry is merged in steps, and the count is of all', async () => {
        const assets = Array.from({ length: 603 }, () => newAsset(agency, { tags: ['many'] }));
        await target.database.transaction(async (writers) => {
          for (const asset of assets) await writers.assets.insert(asset);
          await writers.assets.insert(newAsset(agency, { tags: ['into'] }));
        });
        const [from, into] = [await named('many'), await named('into')];
        expect(await tags.merge(caller, { id: from.id, into: into.id })).toEqual({
          tag: { ...into, assetCount: 604 },
          changed: 603,
        });
        await tags.rename(caller, { id: into.id, name: 'renamed' });
        const { changes, actions } = await recorded();
        expect(changes).toHaveLength(603 + 604);
        expect(actions.filter((action) => action === 'tag.merge')).toHaveLength(1);
      }, 120_000);
    });

    describe('a bulk edit', () => {
      const tagThem = (ids: readonly AssetId[], change: { add?: string[]; remove?: string[] }) =>
        bulk.tag(caller, { assets: { ids: [...ids] }, add: [], remove: [], ...change });
      const outcomes = (answer: BulkAnswer) =>
        answer.outcomes?.map((one) => (one.outcome === 'skipped' ? one.reason : one.outcome));

      it('adds and removes tags, and says of each asset in the input’s order what came of it', async () => {
        const audio = await insert({ type: 'audio', tags: ['old'] });
        const image = await insert({ tags: ['OLD', 'keep'], roles: ['subject'] });
        const done = await insert({ tags: ['New'], roles: ['brand_logo'] });
        const other = await insert({}, await seedAgency(target));
        const missing = uuidIds.asset();
        const ids = [done.id, other.id, image.id, missing, audio.id];
        const answer = await tagThem(ids, { add: ['brand_logo', 'new'], remove: ['old', 'subject'] });
        expect(outcomes(answer)).toEqual([
          'unchanged',
          'not_found',
          'changed',
          'not_found',
          'role_of_another_kind',
        ]);
        expect(answer.outcomes?.map(({ id }) => id)).toEqual(ids);
        expect(answer).toMatchObject({ changed: 1, unchanged: 1, skipped: 3 });
        expect(answer.reasons).toEqual(
          expect.arrayContaining([
            { reason: 'not_found', count: 2 },
            { reason: 'role_of_another_kind', count: 1 },
          ]),
        );
        expect(await find(image.id)).toMatchObject({ tags: ['brand_logo', 'keep', 'New'], rowVersion: 2 });
        expect(await find(audio.id)).toMatchObject({ tags: ['old'], rowVersion: 1 });
        expect(await find(done.id)).toMatchObject({ rowVersion: 1 });
        const { actions, changes } = await recorded();
        expect(actions).toEqual(['asset.update']);
        expect(idsOf(changes)).toEqual([image.id]);
        expect(await found('tag:new')).toEqual([image.id, done.id].sort());
      });

      it('passes over what would have too many tags', async () => {
        const full = await insert({ tags: Array.from({ length: 100 }, (_, index) => `t${index}`) });
        expect(outcomes(await tagThem([full.id], { add: ['more'] }))).toEqual(['too_many_tags']);
        expect(outcomes(await tagThem([full.id], { add: ['more'], remove: ['t7'] }))).toEqual(['changed']);
      });

      it('of a query changes exactly what a list with it shows', async () => {
        const word = fc.constantFrom('harbour', 'dawn');
        const row = fc.record({
          type: fc.constantFrom(...assetTypes),
          inCampaign: fc.boolean(),
          name: fc.uniqueArray(word, { minLength: 1 }).map((words) => words.join(' ')),
          tags: fc.subarray(['red', 'Blue', 'green']),
          trashed: fc.boolean(),
          at: fc.integer({ min: 1, max: 3 }),
        });
        const filter = fc.record(
          {
            type: fc.constantFrom(...assetTypes),
            inCampaign: fc.constant(true),
            tags: fc.subarray(['red', 'blue']),
            q: word,
          },
          { requiredKeys: [] },
        );
        const names = ['red', 'BLUE', 'new', 'first_frame', 'voice_sample'];
        const change = fc
          .record({ add: fc.subarray(names), remove: fc.subarray(names) })
          .map(({ add, remove }) => ({ add, remove: remove.filter((one) => !add.includes(one)) }))
          .filter(({ add, remove }) => add.length + remove.length > 0);
        await fc.assert(
          fc.asyncProperty(fc.array(row, { maxLength: 12 }), filter, change, async (rows, wanted, edit) => {
            agency = await seedAgency(target);
            caller = memberOf(agency);
            const made = [];
            for (const { inCampaign, trashed, ...rest } of rows) {
              const campaignId = inCampaign ? agency.campaignId : null;
              made.push({ trashed, asset: await insert({ ...rest, campaignId }) });
            }
            const trashed = made.flatMap((one) => (one.trashed ? one.asset.id : []));
            if (trashed.length > 0) await bulk.trash(caller, { ids: trashed });
            const { inCampaign, ...others } = wanted;
            const query = {
              ...others,
              clientId: agency.clientId,
              ...(inCampaign && { campaignId: agency.campaignId }),
            };
            const matches = (asset: AssetRecord) =>
              (!wanted.type || asset.type === wanted.type) &&
              (!inCampaign || asset.campaignId !== null) &&
              (wanted.tags ?? []).every((tag) => asset.tags.map(tagKey).includes(tag)) &&
              (!wanted.q || asset.name.includes(wanted.q));
            const expected = made.map(({ asset, trashed: isTrashed }) => {
              const isMet = !isTrashed && matches(asset);
              const isSkipped = isMet && edit.add.some((tag) => refuses(asset.type, tag));
              return { asset, isMet, isSkipped, tags: isMet && !isSkipped ? edited(asset, edit) : null };
            });
            const input = assetBulkTagInputSchema.parse({ assets: { query }, ...edit });
            const answer = await bulk.tag(caller, input);
            const isChange = ({ asset, tags: after }: (typeof expected)[number]) =>
              after !== null && after.join() !== asset.tags.map(tagKey).sort().join();
            expect(answer).toMatchObject({
              changed: expected.filter(isChange).length,
              unchanged: expected.filter((one) => one.tags && !isChange(one)).length,
              skipped: expected.filter(({ isSkipped }) => isSkipped).length,
              outcomes: null,
            });
            for (const one of expected.filter(({ isMet }) => isMet)) {
              const after = await find(one.asset.id);
              expect(after?.tags.map(tagKey).sort()).toEqual(one.tags ?? one.asset.tags.map(tagKey).sort());
              expect(after?.rowVersion).toBe(isChange(one) ? 2 : 1);
            }
          }),
          { numRuns: runs },
        );
      }, 120_000);

      it('of a query goes through all of it, in several transactions', async () => {
        await target.database.transaction(async (writers) => {
          for (let index = 0; index < 250; index += 1) {
            await writers.assets.insert(newAsset(agency, { tags: ['gone'], at: 1000 + (index % 7) }));
          }
        });
        const query = { clientId: agency.clientId, tags: ['gone'] };
        const answer = await bulk.tag(caller, { assets: { query }, add: ['here'], remove: ['gone'] });
        expect(answer).toEqual({ changed: 250, unchanged: 0, skipped: 0, reasons: [], outcomes: null });
        expect(await names()).toEqual([
          ['gone', 0],
          ['here', 250],
        ]);
      });

      it('of a client that may not be seen is refused', async () => {
        const { clientId } = await seedAgency(target);
        const edit = bulk.tag(caller, { assets: { query: { clientId } }, add: ['x'], remove: [] });
        await expect(edit).rejects.toMatchObject({ code: 'not_found' });
      });

      it('moves to a campaign, with the counters following, and passes over other clients’ assets', async () => {
        const other = await seedAgency(target);
        const foreign = await insert({}, other);
        const one = await insert({ size: 7 });
        const there = await insert({ campaignId: agency.campaignId });
        const elsewhere = await insert({ campaignId: agency.otherCampaignId });
        const owner: Caller = { ...caller, actor: { ...caller.actor, role: 'owner' } };
        const ids = [one.id, foreign.id, there.id, elsewhere.id];
        const answer = await bulk.move(owner, { ids, campaignId: agency.campaignId });
        expect(outcomes(answer)).toEqual(['changed', 'campaign_of_another_client', 'unchanged', 'changed']);
        const counts = await target.database.read(async (readers) => [
          (await readers.campaigns.stats(agency.campaignId)).count,
          (await readers.campaigns.stats(agency.otherCampaignId)).count,
        ]);
        expect(counts).toEqual([3, 0]);
        const back = await bulk.move(caller, { ids: [one.id, there.id], campaignId: null });
        expect(back).toMatchObject({ changed: 2 });
        const refused = bulk.move(caller, { ids, campaignId: other.campaignId });
        await expect(refused).rejects.toMatchObject({ code: 'not_found' });
      });

      it('trashes, and sets priorities of which one takes it away', async () => {
        const [a, b, c] = [await insert(), await insert(), await insert()];
        const first = await bulk.prioritise(caller, {
          items: [
            { id: b.id, priority: 1 },
            { id: a.id, priority: 2 },
            { id: c.id, priority: null },
          ],
        });
        expect(outcomes(first)).toEqual(['changed', 'changed', 'unchanged']);
        expect([await find(a.id), await find(b.id)]).toMatchObject([{ priority: 2 }, { priority: 1 }]);
        expect(outcomes(await bulk.trash(caller, { ids: [c.id, a.id] }))).toEqual(['changed', 'changed']);
        expect(outcomes(await bulk.trash(caller, { ids: [c.id, b.id] }))).toEqual(['not_found', 'changed']);
        const { count } = await target.database.read((readers) => readers.clients.stats(agency.clientId));
        expect(count).toBe(0);
        expect((await recorded()).changes.map(({ kind }) => kind)).toEqual(
          expect.arrayContaining(['asset.updated', 'asset.trashed']),
        );
      });

      it('and others at once lose nothing of each other', async () => {
        const ids: AssetId[] = [];
        for (let index = 0; index < 30; index += 1) ids.push((await insert({ tags: ['shared'] })).id);
        const { id: into } = await (async () => {
          await insert({ tags: ['into'] });
          return named('into');
        })();
        const shared = await named('shared');
        const answers = await Promise.all([
          ...['a', 'b', 'c'].map((tag) => tagThem(ids, { add: [tag] })),
          bulk.move(caller, { ids: [...ids].reverse(), campaignId: agency.campaignId }),
          bulk.move(caller, { ids, campaignId: agency.otherCampaignId }),
          tags.merge(caller, { id: shared.id, into }),
        ]);
        for (const id of ids) expect(await tagsOf(id)).toEqual(['a', 'b', 'c', 'into']);
        expect(answers).toHaveLength(6);
        const stats = await target.database.read(async (readers) => [
          (await readers.campaigns.stats(agency.campaignId)).count,
          (await readers.campaigns.stats(agency.otherCampaignId)).count,
        ]);
        expect((stats[0] ?? 0) + (stats[1] ?? 0)).toBe(30);
      }, 60_000);
    });

    const refuses = (type: AssetType, tag: string) => {
      const role = roleNamed(tag);
      return role !== null && !mayCarry(type, role);
    };
    const edited = (asset: AssetRecord, edit: { add: string[]; remove: string[] }) => {
      const keys = new Set([...asset.tags, ...edit.add].map(tagKey));
      for (const tag of edit.remove) keys.delete(tagKey(tag));
      return [...keys].sort();
    };
  });
}
