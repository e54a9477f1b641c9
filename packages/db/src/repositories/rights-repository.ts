import type { RightsReader, RightsWriter } from '@vitrine/core';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { fromRights, toRights } from '../rows/rights-row.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createRightsRepository({ db, tables }: RepositoryContext): RightsReader & RightsWriter {
  const { assets, assetVersions } = tables;
  const { licence, validFrom, validTo, territories, channels, credit, aiUse } = assetVersions;

  const find: RightsReader['find'] = async ({ assetId, version }) => {
    const [row] = await db
      .select({
        assetId: assets.id,
        version: assetVersions.number,
        rowVersion: assets.rowVersion,
        columns: { licence, validFrom, validTo, territories, channels, credit, aiUse },
      })
      .from(assets)
      .innerJoin(
        assetVersions,
        and(
          eq(assetVersions.assetId, assets.id),
          eq(assetVersions.number, version === undefined ? assets.currentVersion : sql`${version}`),
        ),
      )
      .where(and(eq(assets.id, assetId), isNull(assets.trashedAt)));
    if (!row) return null;
    const { columns, ...place } = row;
    return { ...place, rights: toRights(columns) };
  };

  return {
    find,

    async set({ assetId, expectedRowVersion, rights, at }) {
      const [row] = await db
        .update(assets)
        .set({ rowVersion: expectedRowVersion + 1, updatedAt: at })
        .where(
          and(eq(assets.id, assetId), eq(assets.rowVersion, expectedRowVersion), isNull(assets.trashedAt)),
        )
        .returning({ version: assets.currentVersion });
      if (!row) return null;
      await db
        .update(assetVersions)
        .set(fromRights(rights))
        .where(and(eq(assetVersions.assetId, assetId), eq(assetVersions.number, row.version)));
      return find({ assetId });
    },
  };
}
