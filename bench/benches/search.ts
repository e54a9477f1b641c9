import { type Caller, createSearchService } from '@vitrine/core';
import { openSqliteDatabase } from '@vitrine/db';
import { assetFacetsInputSchema, assetSearchInputSchema, userIdSchema } from '@vitrine/schema';
import type { Bench, BenchContext } from '../lib/bench.ts';
import { type Comparison, compare } from '../lib/comparison.ts';
import { type Contender, measureRounds, type Samples } from '../lib/measure-rounds.ts';
import { openSeededLibrary } from '../lib/seeded-library.ts';

/** What grows from the smallest library to the others; `must` is from the goals. */
const measured = [
  { what: 'a list without words', must: 1.2 },
  { what: 'a rare word', must: 2 },
  { what: 'a common word, newest first', must: 1.4 },
  { what: 'two common words, newest first', must: 1.4 },
  { what: 'the beginning of a word', must: 1.4 },
  { what: 'a common word by relevance', must: null },
  { what: 'facets of everything', must: 2 },
  // The smallest library has fewer matches than are counted.
  { what: 'facets of a common word', must: null },
] as const;
type What = (typeof measured)[number]['what'];

const caller: Caller = {
  actor: { kind: 'user', userId: userIdSchema.parse('bench'), role: 'owner' },
  requestId: 'bench',
  address: null,
};
const sized = (what: What, assets: number) => `${what}, ${assets.toLocaleString('en')} assets`;

async function openSize(assets: number, { quick }: BenchContext) {
  const { file } = await openSeededLibrary(assets);
  const database = await openSqliteDatabase({ file });
  const service = createSearchService({ database });
  const find = (query: string, order: 'newest' | 'relevance' = 'newest') => {
    const input = assetSearchInputSchema.parse({ query, order });
    return () => service.tiles(caller, input);
  };
  const facets = (query: string) => {
    const input = assetFacetsInputSchema.parse({ query });
    return () => service.facets(caller, input);
  };
  const list = { visibility: { kind: 'all' }, limit: 50, offset: 0 } as const;
  const calls: Record<What, () => Promise<unknown>> = {
    'a list without words': () => database.read((readers) => readers.assets.listTiles(list)),
    // The number of the newest asset stands in its name alone.
    'a rare word': find(String(assets - 1)),
    'a common word, newest first': find('harbour'),
    'two common words, newest first': find('harbour morning'),
    'the beginning of a word': find('har'),
    'a common word by relevance': find('harbour', 'relevance'),
    'facets of everything': facets(''),
    'facets of a common word': facets('harbour'),
  };
  const slow: readonly What[] = [
    'a common word by relevance',
    'facets of everything',
    'facets of a common word',
  ];
  const contenders = measured.map(({ what }): Contender => {
    const most = slow.includes(what) ? 10 : 100;
    return { name: sized(what, assets), calls: quick ? 5 : most, call: calls[what] };
  });
  return { contenders, close: () => database.close() };
}

function comparisonsOf(
  samples: Samples,
  [smallest, ...others]: readonly [number, ...number[]],
): Comparison[] {
  return others.flatMap((assets) =>
    measured.map(({ what, must }) =>
      compare(samples, {
        what: sized(what, assets),
        control: sized(what, smallest),
        measure: 'wall',
        ...(must !== null && { goal: { number: 13, must, aim: must } }),
      }),
    ),
  );
}

/** The searches' part of the scale figures: the same from a thousand assets to a million. */
export const search: Bench = {
  name: 'search',
  description:
    'Searches as `asset.searchTiles` and `asset.facets` run them, in the process of the bench: fifty tiles of a rare word, of words that every ninth or fiftieth asset has, and counts. Each against itself in the smallest library.',
  async run(context) {
    const sizes = context.quick ? ([1000, 10_000] as const) : ([1000, 100_000, 1_000_000] as const);
    const opened = [];
    try {
      for (const assets of sizes) opened.push(await openSize(assets, context));
      const contenders = opened.flatMap((size) => size.contenders);
      const samples = await measureRounds(contenders, context.quick ? 3 : 7);
      return { samples, comparisons: comparisonsOf(samples, sizes) };
    } finally {
      for (const { close } of opened) await close();
    }
  },
};
