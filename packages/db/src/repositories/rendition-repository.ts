import type { RenditionReader, RenditionRow, RenditionWriter } from '@vitrine/core';
import type { Preset } from '@vitrine/schema';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { toFacts } from '../rows/facts-row.ts';
import { type RenditionColumns, toRendition } from '../rows/rendition-row.ts';
import { factColumns } from './asset-columns.ts';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

const value = (name: string) => sql.placeholder(name);

export function createRenditionRepository(context: RepositoryContext): RenditionReader & RenditionWriter {
  const { db, tables } = context;
  const { assets, assetVersions, blobs, renditions } = tables;

  const facts = factColumns(context);
  const columns = {
    preset: renditions.preset,
    state: renditions.state,
    sha256: renditions.sha256,
    size: blobs.size,
    store: blobs.store,
    mimeType: renditions.mimeType,
    width: renditions.width,
    height: renditions.height,
    thumbhash: renditions.thumbhash,
    reason: renditions.reason,
    madeAt: renditions.madeAt,
  };
  const isVersion = (version: Parameters<RenditionReader['of']>[0]) =>
    and(eq(renditions.assetId, version.assetId), eq(renditions.version, version.version));

  const wantedVersion = and(
    eq(assetVersions.assetId, assets.id),
    sql`${assetVersions.number} = coalesce(${value('version')}, ${assets.currentVersion})`,
  );

  const ofVersion = once(() =>
    db
      .select({
        assetId: assets.id,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        version: assetVersions.number,
        facts,
        size: assetVersions.size,
        sha256: assetVersions.sha256,
        store: blobs.store,
        damage: blobs.damage,
        posterMs: assetVersions.posterMs,
      })
      .from(assets)
      .innerJoin(assetVersions, wantedVersion)
      .innerJoin(blobs, eq(blobs.sha256, assetVersions.sha256))
      .where(and(eq(assets.id, value('assetId')), isNull(assets.trashedAt)))
      .prepare(),
  );

  const oneOf = once(() =>
    db
      .select({
        asset: {
          assetId: assets.id,
          clientId: assets.clientId,
          campaignId: assets.campaignId,
          uploadedBy: assets.userId,
          name: assets.name,
          version: assetVersions.number,
        },
        facts,
        rendition: columns,
        damage: blobs.damage,
      })
      .from(assets)
      .innerJoin(assetVersions, wantedVersion)
      .leftJoin(
        renditions,
        and(
          eq(renditions.assetId, assets.id),
          eq(renditions.version, assetVersions.number),
          eq(renditions.preset, value('preset')),
        ),
      )
      .leftJoin(blobs, eq(blobs.sha256, renditions.sha256))
      .where(and(eq(assets.id, value('assetId')), isNull(assets.trashedAt)))
      .prepare(),
  );

  const allOf = once(() =>
    db
      .select(columns)
      .from(renditions)
      .leftJoin(blobs, eq(blobs.sha256, renditions.sha256))
      .where(and(eq(renditions.assetId, value('assetId')), eq(renditions.version, value('version'))))
      .prepare(),
  );

  const unmade = once(() =>
    db
      .select({ assetId: assets.id, version: assets.currentVersion })
      .from(assets)
      .leftJoin(
        renditions,
        and(
          eq(renditions.assetId, assets.id),
          eq(renditions.version, assets.currentVersion),
          eq(renditions.preset, sql`'thumb'`),
        ),
      )
      .where(and(sql`${assets.id} > ${value('after')}`, isNull(assets.trashedAt), isNull(renditions.preset)))
      .orderBy(assets.id)
      .limit(value('limit'))
      .prepare(),
  );

  return {
    async source({ assetId, version = null }) {
      const [row] = await ofVersion().execute({ assetId, version });
      return row ? { ...row, facts: toFacts(row.facts) } : null;
    },

    async find({ assetId, preset, version = null }) {
      const [row] = await oneOf().execute({ assetId, preset, version });
      if (!row) return null;
      return {
        ...row.asset,
        facts: toFacts(row.facts),
        rendition: toRendition(row.rendition),
        damage: row.damage,
      };
    },

    async of(version) {
      const rows: readonly RenditionColumns[] = await allOf().execute({ ...version });
      return rows.flatMap((row) => toRendition(row) ?? []);
    },

    unmade: ({ after, limit }) => unmade().execute({ after: after ?? '', limit }),

    async put({ assetId, version, type }, row) {
      const made = valuesOf(row);
      await db
        .insert(renditions)
        .values({ assetId, version, type, preset: row.preset, ...made })
        .onConflictDoUpdate({
          target: [renditions.assetId, renditions.version, renditions.preset],
          set: made,
        });
    },

    async forgetFailed(version) {
      const rows: { preset: Preset }[] = await db
        .delete(renditions)
        .where(and(isVersion(version), eq(renditions.state, 'failed')))
        .returning({ preset: renditions.preset });
      return rows.map(({ preset }) => preset);
    },

    async setPosterTime({ assetId, version, posterMs }) {
      await db
        .update(assetVersions)
        .set({ posterMs })
        .where(and(eq(assetVersions.assetId, assetId), eq(assetVersions.number, version)));
    },
  };
}

const nothing = { sha256: null, mimeType: null, width: null, height: null, thumbhash: null, reason: null };

function valuesOf(row: RenditionRow) {
  switch (row.state) {
    case 'ready': {
      const { state, madeAt, sha256, mimeType, width, height, thumbhash } = row;
      return { ...nothing, state, madeAt, sha256, mimeType, width, height, thumbhash };
    }
    case 'failed':
      return { ...nothing, state: row.state, madeAt: row.madeAt, reason: row.reason };
    default:
      return row satisfies never;
  }
}
