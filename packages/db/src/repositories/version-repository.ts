import type { VersionReader, VersionRecord, VersionWriter } from '@vitrine/core';
import type { AssetId } from '@vitrine/schema';
import { and, desc, eq, type SQL } from 'drizzle-orm';
import { toFacts } from '../rows/facts-row.ts';
import { toRights } from '../rows/rights-row.ts';
import { factColumns } from './asset-columns.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createVersionRepository(context: RepositoryContext): VersionReader & VersionWriter {
  const { db, tables } = context;
  const { assets, assetVersions, blobs, renditions, users } = tables;
  const { licence, validFrom, validTo, territories, channels, credit, aiUse } = assetVersions;

  const select = (condition: SQL | undefined) =>
    db
      .select({
        assetId: assetVersions.assetId,
        number: assetVersions.number,
        currentVersion: assets.currentVersion,
        createdAt: assetVersions.createdAt,
        createdBy: { id: users.id, name: users.name },
        note: assetVersions.note,
        sourceUrl: assetVersions.sourceUrl,
        facts: factColumns(context),
        mimeType: assetVersions.mimeType,
        size: assetVersions.size,
        sha256: assetVersions.sha256,
        store: blobs.store,
        rights: { licence, validFrom, validTo, territories, channels, credit, aiUse },
        posterMs: assetVersions.posterMs,
        thumb: renditions.sha256,
      })
      .from(assetVersions)
      .innerJoin(assets, eq(assets.id, assetVersions.assetId))
      .innerJoin(users, eq(users.id, assetVersions.createdBy))
      .innerJoin(blobs, eq(blobs.sha256, assetVersions.sha256))
      .leftJoin(
        renditions,
        and(
          eq(renditions.assetId, assetVersions.assetId),
          eq(renditions.version, assetVersions.number),
          eq(renditions.preset, 'thumb'),
        ),
      )
      .where(condition)
      .orderBy(desc(assetVersions.number));

  async function records(condition: SQL | undefined): Promise<VersionRecord[]> {
    const rows = await select(condition);
    return rows.map(({ currentVersion, facts, rights, ...row }) => ({
      ...row,
      current: row.number === currentVersion,
      facts: toFacts(facts),
      rights: toRights(rights),
    }));
  }

  const ofAsset = (id: AssetId) => eq(assetVersions.assetId, id);

  return {
    list: (id) => records(ofAsset(id)),

    async find({ assetId, number }) {
      const [record] = await records(and(ofAsset(assetId), eq(assetVersions.number, number)));
      return record ?? null;
    },

    async copyRenditions({ assetId, from, to }) {
      const made = await db
        .select()
        .from(renditions)
        .where(
          and(eq(renditions.assetId, assetId), eq(renditions.version, from), eq(renditions.state, 'ready')),
        );
      if (made.length === 0) return [];
      await db
        .insert(renditions)
        .values(made.map((rendition) => ({ ...rendition, version: to })))
        .onConflictDoNothing();
      return made.map(({ preset }) => preset);
    },

    async setPoster({ assetId, number, posterMs }) {
      await db
        .update(assetVersions)
        .set({ posterMs })
        .where(and(ofAsset(assetId), eq(assetVersions.number, number)));
    },
  };
}
