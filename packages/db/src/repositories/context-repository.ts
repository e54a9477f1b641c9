import type { ContextCandidate, ContextQuery, ContextReader } from '@vitrine/core';
import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { type AssetRow, toAssetRecord } from '../rows/asset-row.ts';
import { toFacts } from '../rows/facts-row.ts';
import { type RightsColumns, toRights } from '../rows/rights-row.ts';
import { assetColumns, currentThumb, currentVersion, factColumns, parseRows } from './asset-columns.ts';
import type { RepositoryContext } from './repository-context.ts';
import { shapeOf, visibleAsset } from './visibility.ts';

const value = (name: string) => sql.placeholder(name);

function candidateColumns(context: RepositoryContext) {
  const { assets, assetVersions } = context.tables;
  const { licence, validFrom, validTo, territories, channels, credit, aiUse } = assetVersions;
  return {
    id: assets.id,
    version: assetVersions.number,
    sha256: assetVersions.sha256,
    name: assets.name,
    campaignId: assets.campaignId,
    facts: factColumns(context),
    mimeType: assetVersions.mimeType,
    size: assetVersions.size,
    rights: { licence, validFrom, validTo, territories, channels, credit, aiUse },
    rank: assets.priority,
    uploadedAt: assets.uploadedAt,
  };
}

type CandidateRow = Omit<ContextCandidate, 'facts' | 'rights'> & {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly rights: RightsColumns;
};
const toCandidate = (row: CandidateRow): ContextCandidate => ({
  ...row,
  facts: toFacts(row.facts),
  rights: toRights(row.rights),
});

export function createContextRepository(context: RepositoryContext): ContextReader {
  const { db, tables } = context;
  const { assets, assetVersions, assetRoles, renditions } = tables;
  const statements = new Map<string, ReturnType<typeof prepare>>();

  // As a list, not as a join: SQLite then looks at those who carry the role and not at everything that the client has, which took
  // three times as long in a client of 40,000.
  const carriers = () =>
    db
      .select({ id: assetRoles.assetId })
      .from(assetRoles)
      .where(eq(assetRoles.role, value('role')));

  /** The condition on client and campaign, and on the role if one is asked for. */
  function conditions({ campaignId, role, visibility }: ContextQuery): SQL | undefined {
    const own = isNull(assets.campaignId);
    return and(
      eq(assets.clientId, value('clientId')),
      campaignId === null ? own : or(own, eq(assets.campaignId, value('campaignId'))),
      isNull(assets.trashedAt),
      visibleAsset(context, visibility, value('userId')),
      role === null ? undefined : inArray(assets.id, carriers()),
    );
  }

  function prepare(query: ContextQuery) {
    return (
      db
        .select(candidateColumns(context))
        .from(assets)
        .innerJoin(assetVersions, currentVersion(context))
        .where(conditions(query))
        // The same order as `inOrderOfChoice`. Null sorts differently on the two dialects; whether it is null does not.
        .orderBy(
          asc(sql`${assets.campaignId} is null`),
          asc(sql`${assets.priority} is null`),
          asc(assets.priority),
          desc(assets.uploadedAt),
          desc(assets.id),
        )
        .limit(value('limit'))
        .offset(value('offset'))
        .prepare()
    );
  }

  return {
    async candidates(query) {
      const { visibility } = query;
      const shape = `${query.campaignId === null} ${query.role === null} ${shapeOf(visibility)}`;
      const statement = statements.get(shape) ?? prepare(query);
      statements.set(shape, statement);
      return (
        await statement.execute({
          ...query,
          userId: visibility.kind === 'granted' ? visibility.userId : null,
        })
      ).map(toCandidate);
    },

    async named({ clientId, ids, visibility }) {
      if (ids.length === 0) return [];
      const rows = await db
        .select(candidateColumns(context))
        .from(assets)
        .innerJoin(assetVersions, currentVersion(context))
        .where(
          and(
            eq(assets.clientId, clientId),
            inArray(assets.id, [...ids]),
            isNull(assets.trashedAt),
            visibleAsset(context, visibility),
          ),
        );
      return rows.map(toCandidate);
    },

    async labels(ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .select({ row: assetColumns(context) })
        .from(assets)
        .innerJoin(assetVersions, currentVersion(context))
        .leftJoin(renditions, currentThumb(context))
        .where(inArray(assets.id, [...ids]));
      return parseRows<AssetRow>(rows).map((row) => {
        const { id, version, tags, preview } = toAssetRecord(row);
        return { id, version, tags, thumb: preview.state === 'ready' ? preview.sha256 : null };
      });
    },
  };
}
