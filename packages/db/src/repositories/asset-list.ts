import type { AssetQuery } from '@vitrine/core';
import { and, eq, exists, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { currentThumb, currentVersion } from './asset-columns.ts';
import { assetOrder } from './asset-order.ts';
import type { RepositoryContext } from './repository-context.ts';
import { shapeOf as shapeOfVisibility, visibleAsset } from './visibility.ts';

type Run = (query: AssetQuery) => Promise<readonly { readonly row: string }[]>;

/** Two queries of one shape differ only in their values, so they share a prepared statement. */
function shapeOf(query: AssetQuery): string {
  return [
    shapeOfVisibility(query.visibility),
    query.clientId ? 'client' : '',
    query.campaignId ? 'campaign' : '',
    query.type ? 'type' : '',
    query.roles?.length ?? 0,
    query.tagKeys?.length ?? 0,
    query.sort ?? '',
    query.after ? 'after' : '',
    query.offset > 0 ? 'offset' : '',
  ].join();
}

/** Kept at once; whoever invents shapes pushes out the oldest, not the server. */
const mostShapes = 200;

const numbered = <T, V>(name: string, values: readonly T[] | undefined, make: (value: T) => V) =>
  Object.fromEntries((values ?? []).map((value, index) => [`${name}${index}`, make(value)]));

function valuesOf(query: AssetQuery): Record<string, unknown> {
  return {
    userId: query.visibility.kind === 'granted' ? query.visibility.userId : null,
    clientId: query.clientId,
    campaignId: query.campaignId,
    type: query.type,
    key: query.after && 'key' in query.after ? query.after.key : null,
    at: query.after?.at,
    after: query.after?.id,
    offset: query.offset,
    limit: query.limit,
    ...numbered('role', query.roles, (role) => role),
    ...numbered('tag', query.tagKeys, (key) => key),
  };
}

const value = (name: string) => sql.placeholder(name);

/** The condition on campaign and client. A campaign's assets are found by the campaign alone, which has one client. */
function placeCondition({ db, tables }: RepositoryContext, query: AssetQuery): SQL | undefined {
  const { assets, campaigns } = tables;
  if (!query.campaignId) return query.clientId ? eq(assets.clientId, value('clientId')) : undefined;
  const ofClient = and(eq(campaigns.id, value('campaignId')), eq(campaigns.clientId, value('clientId')));
  return and(
    eq(assets.campaignId, value('campaignId')),
    query.clientId ? exists(db.select({ id: campaigns.id }).from(campaigns).where(ofClient)) : undefined,
  );
}

function conditions(context: RepositoryContext, query: AssetQuery): SQL | undefined {
  const { db, tables } = context;
  const { assets, assetRoles, assetTags, tags } = tables;
  const withRole = (index: number) =>
    db
      .select({ id: assetRoles.assetId })
      .from(assetRoles)
      .where(eq(assetRoles.role, value(`role${index}`)));
  const withTag = (index: number) =>
    db
      .select({ id: assetTags.assetId })
      .from(assetTags)
      .innerJoin(tags, eq(tags.id, assetTags.tagId))
      .where(
        and(
          eq(tags.nameKey, value(`tag${index}`)),
          query.clientId ? eq(tags.clientId, value('clientId')) : undefined,
        ),
      );
  return and(
    isNull(assets.trashedAt),
    visibleAsset(context, query.visibility, value('userId')),
    placeCondition(context, query),
    query.type ? eq(assets.type, value('type')) : undefined,
    ...(query.roles ?? []).map((_, index) => inArray(assets.id, withRole(index))),
    ...(query.tagKeys ?? []).map((_, index) => inArray(assets.id, withTag(index))),
    query.after ? assetOrder(context, query.sort).behind : undefined,
  );
}

/** Lists assets, with one prepared statement for each shape of query. */
export function createAssetList(context: RepositoryContext, columns: SQL<string>): Run {
  const { db, tables } = context;
  const { assets, assetVersions, renditions } = tables;
  const statements = new Map<string, ReturnType<typeof prepare>>();

  function prepare(query: AssetQuery) {
    const select = db
      .select({ row: columns })
      .from(assets)
      .innerJoin(assetVersions, currentVersion(context))
      .leftJoin(renditions, currentThumb(context))
      .where(conditions(context, query))
      .orderBy(...assetOrder(context, query.sort).by)
      .limit(value('limit'))
      .$dynamic();
    return (query.offset > 0 ? select.offset(value('offset')) : select).prepare();
  }

  return async (query) => {
    const shape = shapeOf(query);
    const statement = statements.get(shape) ?? prepare(query);
    // The one that is used now becomes the newest.
    statements.delete(shape);
    statements.set(shape, statement);
    const [oldest] = statements.keys();
    if (statements.size > mostShapes && oldest !== undefined) statements.delete(oldest);
    return statement.execute(valuesOf(query));
  };
}
