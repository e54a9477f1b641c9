import type { SampleCounts, SearchMatch } from '@vitrine/core';
import { count, eq, inArray } from 'drizzle-orm';
import { currentVersion } from '../repositories/asset-columns.ts';
import type { RepositoryContext } from '../repositories/repository-context.ts';
import { searchConditions } from './search-conditions.ts';

type Sample = SearchMatch & { readonly limit: number };

/** How often each value is there, most first. */
function tally<T extends string>(values: readonly T[]): { value: T; count: number }[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return mostFirst([...counts].map(([value, count]) => ({ value, count })));
}

function mostFirst<T extends { readonly value: string; readonly count: number }>(counts: T[]): T[] {
  return counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Counts the newest matches by everything that a facet is made of. */
export function createCountSample(context: RepositoryContext) {
  const { db, tables, dialect } = context;
  const { assets, assetVersions, assetRoles, assetTags, assetSearch, assetSearchAssets } = tables;

  return async (match: Sample): Promise<SampleCounts & { readonly total: number }> => {
    const clauses = await dialect.search.openEnded(db, match.clauses);
    const rows = await db
      .select({
        id: assets.id,
        type: assets.type,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        format: assetVersions.format,
      })
      .from(assetSearch)
      .innerJoin(assetSearchAssets, eq(assetSearchAssets.docid, assetSearch.docid))
      .innerJoin(assets, eq(assets.id, assetSearchAssets.assetId))
      .innerJoin(assetVersions, currentVersion(context))
      .where(searchConditions(context, { ...match, clauses }))
      .orderBy(...dialect.search.newest)
      .limit(match.limit);
    const ids = rows.map(({ id }) => id);
    const roles =
      ids.length === 0
        ? []
        : await db
            .select({ value: assetRoles.role, count: count() })
            .from(assetRoles)
            .where(inArray(assetRoles.assetId, ids))
            .groupBy(assetRoles.role);
    const tags =
      ids.length === 0
        ? []
        : await db
            .select({ value: assetTags.tagId, count: count() })
            .from(assetTags)
            .where(inArray(assetTags.assetId, ids))
            .groupBy(assetTags.tagId);
    return {
      total: rows.length,
      kinds: tally(rows.map(({ type }) => type)),
      formats: tally(rows.map(({ format }) => format)),
      clients: tally(rows.map(({ clientId }) => clientId)),
      campaigns: tally(rows.flatMap(({ campaignId }) => campaignId ?? [])),
      roles: mostFirst(roles),
      tags: mostFirst(tags),
    };
  };
}
