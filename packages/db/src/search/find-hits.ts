import type { SearchHit, SearchPage } from '@vitrine/core';
import { and, desc, eq, inArray, type SQL } from 'drizzle-orm';
import { currentVersion } from '../repositories/asset-columns.ts';
import type { RepositoryContext } from '../repositories/repository-context.ts';
import { searchConditions } from './search-conditions.ts';

/** So many more than a page are fetched that its last moment is mostly whole. */
const extra = 8;

/** A page of matches, newest first, ties by id. */
export function createFindHits(context: RepositoryContext): (page: SearchPage) => Promise<SearchHit[]> {
  const { db, tables, dialect } = context;
  const { assets, assetVersions, assetSearch, assetSearchAssets } = tables;

  function select(page: SearchPage, only: SQL | undefined, order: readonly SQL[]): Promise<SearchHit[]> {
    const select = db
      .select({ id: assets.id, uploadedAt: assets.uploadedAt, name: assets.name })
      .from(assetSearch)
      .innerJoin(assetSearchAssets, eq(assetSearchAssets.docid, assetSearch.docid))
      .innerJoin(assets, eq(assets.id, assetSearchAssets.assetId))
      .$dynamic();
    const needsVersion = page.bounds.some(({ of }) => of !== 'uploadedAt');
    const joined = needsVersion ? select.innerJoin(assetVersions, currentVersion(context)) : select;
    return joined
      .where(and(searchConditions(context, page), only, page.within && inArray(assets.id, [...page.within])))
      .orderBy(...order)
      .limit(page.limit);
  }

  /** The documents of one millisecond lie together in the index, but not by their ids: they are put in order here. */
  async function inOrder(page: SearchPage): Promise<SearchHit[]> {
    const wide = page.limit + extra;
    const hits = await select({ ...page, limit: wide }, undefined, dialect.search.newest);
    const last = hits.at(-1);
    if (!last || hits.length < wide) return hits.sort(newestFirst).slice(0, page.limit);
    // More of the last moment's may follow.
    const whole = hits.filter(({ uploadedAt }) => uploadedAt > last.uploadedAt).sort(newestFirst);
    if (whole.length >= page.limit) return whole.slice(0, page.limit);
    const { from, upTo } = dialect.search;
    const moment = and(from(last.uploadedAt) ?? undefined, upTo(last.uploadedAt) ?? undefined);
    const tied = await select(page, moment, [desc(assets.id)]);
    return [...whole, ...tied].slice(0, page.limit);
  }

  return async (page) => {
    const clauses = await dialect.search.openEnded(db, page.clauses);
    const opened = { ...page, clauses };
    return dialect.search.ordersTies ? select(opened, undefined, dialect.search.newest) : inOrder(opened);
  };
}

function newestFirst(a: SearchHit, b: SearchHit): number {
  if (a.uploadedAt !== b.uploadedAt) return b.uploadedAt - a.uploadedAt;
  return a.id < b.id ? 1 : -1;
}
