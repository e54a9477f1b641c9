import { type Actor, type Caller, createSearchService, type SearchService, uuidIds } from '@vitrine/core';
import { type AssetId, assetFacetsInputSchema, assetSearchInputSchema, type UserId } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { naiveSearch } from './naive-search.ts';
import { naughtyStrings } from './naughty-strings.ts';
import { type Corpus, type CorpusAsset, writeCorpus } from './search-corpus.ts';
import { searchQueries } from './search-queries.ts';
import type { TestDatabase } from './test-database.ts';

const callerOf = (actor: Actor): Caller => ({ actor, requestId: 'test', address: null });

/** What every database must find: what looking at each asset finds. So all of them find the same. */
export function describeSearch(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`searching on ${name}`, () => {
    let target: TestDatabase;
    let corpus: Corpus;
    let search: SearchService;

    beforeAll(async () => {
      target = await open();
      corpus = await writeCorpus(target);
      search = createSearchService(target);
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    const owner = (): Caller => callerOf({ kind: 'user', userId: corpus.userIds[0], role: 'owner' });
    const member = (userId: UserId): Caller => callerOf({ kind: 'user', userId, role: 'member' });
    const input = (query: string, change: Record<string, unknown> = {}) =>
      assetSearchInputSchema.parse({ query, limit: 100, ...change });

    /** Page by page, to the end. */
    async function all(
      caller: Caller,
      query: string,
      change: Record<string, unknown> = {},
    ): Promise<AssetId[]> {
      const ids: AssetId[] = [];
      for (let cursor: string | null = null; ; ) {
        const page = await search.find(
          caller,
          input(query, { ...change, ...(cursor !== null && { cursor }) }),
        );
        ids.push(...page.items.map(({ id }) => id));
        if (page.nextCursor === null) return ids;
        cursor = page.nextCursor;
      }
    }
    const naive = (query: string, visibleTo: UserId | null = null) =>
      naiveSearch(corpus, query, visibleTo).map(({ id }) => id);

    it('the corpus is as large as it is said to be', () => {
      expect(corpus.assets.length).toBeGreaterThanOrEqual(300);
      expect(new Set(searchQueries).size).toBeGreaterThanOrEqual(150);
      expect(new Set(naughtyStrings).size).toBeGreaterThanOrEqual(515);
      expect(searchQueries.filter((query) => naive(query).length > 0).length).toBeGreaterThan(150);
    });

    it('finds for every query of the corpus what looking at each asset finds, newest first, ties by id', async () => {
      for (const query of searchQueries) {
        expect(await all(owner(), query), query).toEqual(naive(query));
      }
    });

    it('gives small pages without a gap or a repetition, under ties', async () => {
      for (const query of ['', 'harbour', 'kind:image -cafe', 'jpg', '-x']) {
        for (const limit of [1, 3, 7])
          expect(await all(owner(), query, { limit }), query).toEqual(naive(query));
      }
    });

    it.each([
      ['cafe', 'Café Crème.jpg'],
      ['strasse', 'Straße im Regen.png'],
      ['STRASSE', 'Straße im Regen.png'],
      ['harb', 'harbourside walk.jpg'],
      ['京タ', '東京タワーの夜景.jpg'],
      ['елка', 'Ёлка ёжик.jpg'],
      ['مرحبا', 'مَرْحَبًا بالعالم.jpg'],
      ['οδοσ', 'ΟΔΟΣ Αθήνα.jpg'],
      ['🎉', 'party🎉time 🇩🇪.jpg'],
    ])('finds by %s the asset %s', async (query, expected) => {
      const ids = await all(owner(), query);
      const found = corpus.assets.filter(({ id }) => ids.includes(id));
      expect(found.map((asset) => asset.name)).toContain(expected);
    });

    it('gives the same as tiles', async () => {
      const { items } = await search.tiles(owner(), input('harbour'));
      expect(items.map(({ id }) => id)).toEqual(naive('harbour').slice(0, 100));
    });

    it('finds words inside documents, also far behind', async () => {
      const { items } = await search.find(owner(), input('"needle in the haystack"'));
      expect(items.length).toBeGreaterThan(0);
      expect(items.every(({ type }) => type === 'document')).toBe(true);
    });

    it('ranks names that have the word above all else, and pages through the ranking', async () => {
      const ids = await all(owner(), 'harbour', { order: 'relevance', limit: 10 });
      expect(new Set(ids)).toEqual(new Set(naive('harbour')));
      const byId = new Map(corpus.assets.map((asset) => [asset.id, asset]));
      const whole = ids.map((id) => /\bharbour\b/i.test(byId.get(id)?.name ?? ''));
      expect(whole.lastIndexOf(true)).toBeLessThan(whole.includes(false) ? whole.indexOf(false) : ids.length);
    });

    it('counts facets as looking at each asset does', async () => {
      for (const query of ['', 'harbour', 'cafe', 'kind:video', 'zzzzz', 'has:tags']) {
        const found = naiveSearch(corpus, query, null);
        const facets = await search.facets(owner(), assetFacetsInputSchema.parse({ query }));
        const count = (is: (asset: CorpusAsset) => boolean) => found.filter(is).length;
        expect(facets.total).toEqual({ count: found.length, exact: true });
        for (const { kind, count: counted } of facets.kinds.values) {
          expect(counted).toBe(count(({ facts }) => facts.type === kind));
        }
        for (const { format, count: counted } of facets.formats.values) {
          expect(counted).toBe(count(({ facts }) => facts.format === format));
        }
        for (const { id, count: counted } of facets.clients.values) {
          expect(counted).toBe(count(({ clientId }) => clientId === id));
        }
        for (const { id, count: counted } of facets.campaigns.values) {
          expect(counted).toBe(count(({ campaignId }) => campaignId === id));
        }
        for (const { name: tag, clientId, count: counted } of facets.tags.values) {
          const has = ({ tags }: CorpusAsset) => tags.some((one) => one.toLowerCase() === tag.toLowerCase());
          expect(counted).toBe(count((asset) => asset.clientId === clientId && has(asset)));
        }
        const sum = facets.clients.values.reduce((total, value) => total + value.count, 0);
        expect(sum).toBe(found.length);
      }
    });

    it('never answers an error, whatever the text is', async () => {
      for (const text of naughtyStrings) {
        await search.find(owner(), input(text));
        await search.find(member(corpus.userIds[1]), input(text));
      }
    }, 120_000);

    it('takes any text of a document', async () => {
      const document = corpus.assets.find(({ facts }) => facts.type === 'document');
      if (!document) throw new Error('The corpus has a document.');
      const { id: assetId } = document;
      const put = (text: string) =>
        target.database.transaction((writers) => writers.search.putText({ assetId, version: 1, text }));
      for (const text of naughtyStrings.filter((_, index) => index % 5 === 0)) {
        await put(`${text.toWellFormed().replaceAll('\0', ' ')} afterwards`);
        expect(await all(owner(), '"afterwards" kind:document')).toEqual([assetId]);
      }
      await put(document.text ?? '');
    }, 120_000);

    it('shows a member nothing that the policy does not, whatever is asked', async () => {
      const clientOwners = new Map(corpus.clients.map(({ id, userId }) => [id, userId]));
      const query = fc
        .array(fc.constantFrom(...searchQueries, ...naughtyStrings.slice(0, 400)), { maxLength: 3 })
        .map((parts) => parts.join(' '));
      await fc.assert(
        fc.asyncProperty(
          query,
          fc.constantFrom(...corpus.userIds),
          fc.constantFrom('newest', 'relevance'),
          async (text, userId, order) => {
            const caller = member(userId);
            const { items } = await search.find(caller, input(text, { order }));
            for (const { clientId } of items) {
              expect(clientOwners.get(clientId)).toBe(userId);
            }
            if (order === 'newest') {
              expect(items.map(({ id }) => id)).toEqual(naive(text, userId).slice(0, 100));
            }
          },
        ),
        { numRuns: runs },
      );
    }, 120_000);

    it('refuses a client that the caller may not see, as if it did not exist', async () => {
      const foreign = corpus.clients.find(({ userId }) => userId !== corpus.userIds[0]);
      const asked = search.find(member(corpus.userIds[0]), input('', { clientId: foreign?.id }));
      await expect(asked).rejects.toMatchObject({ code: 'not_found' });
    });

    describe('follows what is written', () => {
      const find = (query: string) => all(owner(), query);
      async function one(query: string) {
        const [found] = (await search.find(owner(), input(query))).items;
        if (!found) throw new Error(`Nothing has ${query}.`);
        return found;
      }

      it('renaming, tagging and moving', async () => {
        const { id, rowVersion, clientId } = await one('combining');
        const campaign = corpus.clients.find((client) => client.id === clientId)?.campaigns[1];
        await target.database.transaction((writers) =>
          writers.assets.update({
            id,
            expectedRowVersion: rowVersion,
            patch: { name: 'quokka.jpg', tags: ['Wombat'], campaignId: campaign?.id ?? null },
            at: 9,
          }),
        );
        expect(await find('quokk')).toEqual([id]);
        expect(await find('tag:wombat')).toEqual([id]);
        expect(await find('wombat')).toEqual([id]);
        expect(await find(`quokka campaign:${campaign?.id}`)).toEqual([id]);
        expect(await find('combining')).not.toContain(id);
      });

      it('many words with one beginning', async () => {
        const ids: AssetId[] = [];
        for (let turn = 0; turn < 60; turn += 1) {
          const [asset] = corpus.assets;
          if (!asset) throw new Error('The corpus has an asset.');
          const { text: _text, ...rest } = asset;
          const id = uuidIds.asset();
          ids.push(id);
          const name = `kangaroo${turn}.jpg`;
          await target.database.transaction((writers) =>
            writers.assets.insert({ ...rest, id, name, at: turn }),
          );
        }
        expect(await find('kangaroo')).toEqual(ids.toReversed());
        expect(await find('kangaroo1')).toHaveLength(11);
        expect(await find('kangaroo -kangaroo1')).toHaveLength(49);
      });

      it('tidying, which comes to an end and changes no answer', async () => {
        const before = await find('harbour');
        let steps = 0;
        while (await target.database.transaction((writers) => writers.search.tidy(steps === 0))) {
          steps += 1;
          expect(steps).toBeLessThan(100);
        }
        expect(await find('harbour')).toEqual(before);
      });

      it('the trash and back', async () => {
        const { id, rowVersion } = await one('quokka');
        await target.database.transaction((writers) =>
          writers.assets.trash({ id, expectedRowVersion: rowVersion, at: 10 }),
        );
        expect(await find('quokka')).toEqual([]);
        await target.database.transaction((writers) =>
          writers.assets.restore({ id, expectedRowVersion: rowVersion + 1, at: 11 }),
        );
        expect(await find('quokka')).toEqual([id]);
      });

      it('the new name of a client, campaign or tag, without touching an asset', async () => {
        const { clientId } = await one('quokka');
        const before = await find(`client:${clientId}`);
        await target.sql("update clients set name = 'Axolotl Ltd' where id = ?", [clientId]);
        expect(await find('axolotl')).toEqual(before);
        expect(await find('client:axo')).toEqual(before);
      });

      it('an asset that the index lacks is found once it is filled in', async () => {
        const { id } = await one('quokka');
        await target.sql('delete from asset_search_fts_assets where asset_id = ?', [id]);
        const states = await target.database.read((readers) =>
          readers.search.states({ after: null, limit: 1000 }),
        );
        expect(states.length).toBeGreaterThan(300);
        expect(states.filter(({ indexed }) => !indexed).map(({ assetId }) => assetId)).toEqual([id]);
        expect(states.every(({ read }) => read)).toBe(true);
        await target.database.transaction((writers) => writers.search.reindex(id));
        expect(await find('quokka')).toEqual([id]);
      });
    });
  });
}
