import {
  type AssetFacets,
  type AssetId,
  type assetFacetsInputSchema,
  type assetSearchInputSchema,
  encodeRankCursor,
  parseSearch,
  type SearchHint,
} from '@vitrine/schema';
import type { z } from 'zod';
import type { Actor, Caller } from '../access/actor.ts';
import { assertCredential } from '../access/policy.ts';
import type { AssetRecord, TileRecord } from '../assets/asset-record.ts';
import type { Readers } from '../ports/database.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { countFacets } from './count-facets.ts';
import { findNewest } from './find-newest.ts';
import { matchFor } from './match-for.ts';
import { rankHits } from './rank-hits.ts';

type Search = z.output<typeof assetSearchInputSchema>;
type Facets = z.output<typeof assetFacetsInputSchema>;

/** A page of what was found. */
export interface Found<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
  readonly hints: readonly SearchHint[];
}

/** Finding assets by a query. No query fails; a client or campaign beside it that the caller may not see is `not_found`. */
export interface SearchService {
  find(caller: Caller, input: Search): Promise<Found<AssetRecord>>;
  tiles(caller: Caller, input: Search): Promise<Found<TileRecord>>;
  facets(caller: Caller, input: Facets): Promise<AssetFacets>;
}

/** So many of the newest matches are ranked: to rank all of a common word would take seconds. */
const mostRanked = 2000;

type Ids = Omit<Found<AssetId>, 'hints'>;

function newest(readers: Readers, actor: Actor, input: Search) {
  const after = input.cursor && 'id' in input.cursor ? input.cursor : undefined;
  return findNewest(readers, actor, { ...input, after });
}

async function ranked(
  readers: Readers,
  actor: Actor,
  input: Search,
): Promise<Ids & { hints: readonly SearchHint[] }> {
  const { hints, ...match } = await matchFor(readers, actor, input);
  const from = input.cursor && 'rank' in input.cursor ? input.cursor.rank : 0;
  const hits = rankHits(
    await readers.search.find({ ...match, limit: mostRanked }),
    parseSearch(input.query).terms,
  );
  const to = from + input.limit;
  const nextCursor = to < hits.length ? encodeRankCursor(to) : null;
  return { items: hits.slice(from, to).map(({ id }) => id), nextCursor, hints };
}

export function createSearchService({ database }: Pick<ServiceDependencies, 'database'>): SearchService {
  function found<T>(
    { actor }: Caller,
    input: Search,
    rows: (readers: Readers, ids: readonly AssetId[]) => Promise<T[]>,
  ): Promise<Found<T>> {
    assertCredential(actor, 'asset.list');
    return database.read(async (readers) => {
      const page = await (input.order === 'relevance' ? ranked : newest)(readers, actor, input);
      return { ...page, items: await rows(readers, page.items) };
    });
  }

  return {
    find: (caller, input) => found(caller, input, (readers, ids) => readers.search.records(ids)),
    tiles: (caller, input) => found(caller, input, (readers, ids) => readers.search.tiles(ids)),
    facets({ actor }, input) {
      assertCredential(actor, 'asset.list');
      return database.read((readers) => countFacets(readers, actor, input));
    },
  };
}
