import type { AssetQuery, AssetRecord } from '@vitrine/core';
import { type AssetPosition, type AssetSort, assetSorts, fold, noPriority } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAsset, seedAgency } from './seed.ts';
import type { TestDatabase } from './test-database.ts';

const ascending = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: AssetRecord, b: AssetRecord) => ascending(a.id, b.id);
const byTime = (a: AssetRecord, b: AssetRecord) => ascending(a.uploadedAt, b.uploadedAt);
const newest = (a: AssetRecord, b: AssetRecord) => byTime(b, a) || byId(b, a);
const rankOf = ({ priority }: AssetRecord) => priority ?? noPriority;

/** What each sort means, said without a database. */
const model: { readonly [S in AssetSort]: (a: AssetRecord, b: AssetRecord) => number } = {
  newest,
  oldest: (a, b) => byTime(a, b) || byId(a, b),
  name: (a, b) => ascending(fold(a.name), fold(b.name)) || byId(a, b),
  size: (a, b) => ascending(b.size, a.size) || byId(b, a),
  priority: (a, b) => ascending(rankOf(a), rankOf(b)) || newest(a, b),
};

function positionOf(asset: AssetRecord, sort: AssetSort): AssetPosition {
  const base = { at: Date.parse(asset.uploadedAt), id: asset.id };
  switch (sort) {
    case 'newest':
      return base;
    case 'oldest':
      return { ...base, sort };
    case 'name':
      return { ...base, sort, key: fold(asset.name) };
    case 'size':
      return { ...base, sort, key: asset.size };
    case 'priority':
      return { ...base, sort, key: rankOf(asset) };
    default:
      return sort satisfies never;
  }
}

/** How lists are sorted on every database. */
export function describeAssetSorts(name: string, open: () => Promise<TestDatabase>, runs: number): void {
  describe(`sorted lists on ${name}`, () => {
    let target: TestDatabase;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    it.each(assetSorts)('by %s meet every asset once and in order, page by page', async (sort) => {
      const row = fc.record({
        name: fc.constantFrom(
          'Zebra',
          'apple',
          'Ápple',
          'apple-2',
          'b c',
          'Éclair',
          'äx',
          '10',
          '9',
          'ß',
          '漢',
        ),
        size: fc.integer({ min: 1, max: 3 }),
        priority: fc.option(fc.constantFrom(1, 2, 1_000_000)),
        at: fc.integer({ min: 1, max: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { maxLength: 12 }),
          fc.integer({ min: 1, max: 5 }),
          async (rows, limit) => {
            const agency = await seedAgency(target);
            const made: AssetRecord[] = [];
            for (const { priority, ...rest } of rows) {
              const asset = await target.database.transaction(async ({ assets }) => {
                const { id } = await assets.insert(newAsset(agency, rest));
                return assets.update({ id, expectedRowVersion: 1, patch: { priority }, at: 9 });
              });
              if (asset) made.push(asset);
            }
            const query: AssetQuery = {
              visibility: { kind: 'all' },
              clientId: agency.clientId,
              sort,
              offset: 0,
              limit,
            };
            const met: string[] = [];
            for (let after: AssetPosition | undefined; ; ) {
              const page = { ...query, ...(after && { after }) };
              const found = await target.database.read(({ assets }) => assets.list(page));
              const tiles = await target.database.read(({ assets }) => assets.listTiles(page));
              expect(tiles.map(({ id, priority }) => [id, priority])).toEqual(
                found.map(({ id, priority }) => [id, priority]),
              );
              met.push(...found.map(({ id }) => id));
              const last = found.at(-1);
              if (!last || found.length < limit || met.length > made.length) break;
              after = positionOf(last, sort);
            }
            expect(met).toEqual(made.toSorted(model[sort]).map(({ id }) => id));
          },
        ),
        { numRuns: runs },
      );
    });
  });
}
