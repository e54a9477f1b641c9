import type { LineageReader, LineageStep, LineageWalk, LineageWriter } from '@vitrine/core';
import type { AssetId, AssetType, VersionRef } from '@vitrine/schema';
import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** The columns of a derivation on the near and the far side of a step. */
function sidesOf({ tables: { derivations } }: RepositoryContext, direction: LineageWalk['direction']) {
  const product = { asset: derivations.assetId, version: derivations.version };
  const source = { asset: derivations.sourceAssetId, version: derivations.sourceVersion };
  switch (direction) {
    case 'made_of':
      return { near: product, far: source };
    case 'used_in':
      return { near: source, far: product };
    default:
      return direction satisfies never;
  }
}

/** `limit` bounds what is followed, not only what is answered: neither dialect goes on behind it. */
function steps(context: RepositoryContext, { direction, from, depth, limit }: LineageWalk): SQL {
  const { derivations } = context.tables;
  const { near, far } = sidesOf(context, direction);
  const start = and(
    eq(near.asset, from.assetId),
    from.version === null ? undefined : eq(near.version, from.version),
  );
  return sql`(
    with recursive walk(from_asset, from_version, to_asset, to_version, role, depth) as (
      select ${near.asset}, ${near.version}, ${far.asset}, ${far.version}, ${derivations.role}, 1
      from ${derivations} where ${start}
      union
      select ${near.asset}, ${near.version}, ${far.asset}, ${far.version}, ${derivations.role}, walk.depth + 1
      from walk join ${derivations} on ${near.asset} = walk.to_asset and ${near.version} = walk.to_version
      where walk.depth < ${depth}
    )
    select * from walk limit ${limit}
  ) as step`;
}

// The columns of a subquery are texts to PostgreSQL's driver where they are 64-bit numbers.
const stepColumns = {
  fromAsset: sql<AssetId>`step.from_asset`,
  fromVersion: sql`step.from_version`.mapWith(Number),
  toAsset: sql<AssetId>`step.to_asset`,
  toVersion: sql`step.to_version`.mapWith(Number),
  role: sql<string>`step.role`,
  depth: sql`step.depth`.mapWith(Number),
};

export function createLineageRepository(context: RepositoryContext): LineageReader & LineageWriter {
  const { db, tables, dialect } = context;
  const { assets, assetVersions, derivations, generations } = tables;
  const isProduct = ({ assetId, version }: VersionRef) =>
    and(eq(derivations.assetId, assetId), eq(derivations.version, version));
  const isGeneration = ({ assetId, version }: VersionRef) =>
    and(eq(generations.assetId, assetId), eq(generations.version, version));

  return {
    derivedFrom: (version) =>
      db
        .select({
          assetId: derivations.sourceAssetId,
          version: derivations.sourceVersion,
          role: derivations.role,
        })
        .from(derivations)
        .where(isProduct(version))
        .orderBy(
          dialect.byCodePoint(sql`${derivations.sourceAssetId}`),
          derivations.sourceVersion,
          dialect.byCodePoint(sql`${derivations.role}`),
        ),

    async generation(version) {
      const { generator, model, prompt, requestId } = generations;
      const [row] = await db
        .select({ generator, model, prompt, requestId })
        .from(generations)
        .where(isGeneration(version));
      return row ?? null;
    },

    async walk(walk): Promise<LineageStep[]> {
      const rows = await db
        .select({
          ...stepColumns,
          name: assets.name,
          type: sql<AssetType>`${assets.type}`,
          currentVersion: assets.currentVersion,
          trashedAt: assets.trashedAt,
        })
        .from(steps(context, walk))
        .innerJoin(assets, eq(assets.id, sql`step.to_asset`))
        // Of several ways of one length always the same.
        .orderBy(
          sql`step.depth`,
          dialect.byCodePoint(sql`step.to_asset`),
          sql`step.to_version`,
          dialect.byCodePoint(sql`step.from_asset`),
          sql`step.from_version`,
          dialect.byCodePoint(sql`step.role`),
        );
      return rows.map(
        ({ fromAsset, fromVersion, toAsset, toVersion, currentVersion, trashedAt, ...row }) => ({
          ...row,
          from: { assetId: fromAsset, version: fromVersion },
          to: { assetId: toAsset, version: toVersion },
          current: toVersion === currentVersion,
          trashed: trashedAt !== null,
        }),
      );
    },

    async known({ clientId, versions }) {
      if (versions.length === 0) return [];
      return db
        .select({ assetId: assetVersions.assetId, version: assetVersions.number })
        .from(assetVersions)
        .innerJoin(assets, eq(assets.id, assetVersions.assetId))
        .where(
          and(
            eq(assets.clientId, clientId),
            isNull(assets.trashedAt),
            or(
              ...versions.map(({ assetId, version }) =>
                and(eq(assetVersions.assetId, assetId), eq(assetVersions.number, version)),
              ),
            ),
          ),
        );
    },

    async anyMadeOf({ assetId, version }, products) {
      if (products.length === 0) return false;
      const { near, far } = sidesOf(context, 'used_in');
      // Without depths, so each version is reached once and a walk of any length ends.
      const made = sql`(
        with recursive made(asset_id, version) as (
          select ${far.asset}, ${far.version} from ${derivations}
          where ${near.asset} = ${assetId} and ${near.version} = ${version}
          union
          select ${far.asset}, ${far.version} from made
          join ${derivations} on ${near.asset} = made.asset_id and ${near.version} = made.version
        )
        select * from made
      ) as made`;
      const rows = await db
        .select({ found: sql`1` })
        .from(made)
        .where(
          or(
            ...products.map(
              (product) => sql`made.asset_id = ${product.assetId} and made.version = ${product.version}`,
            ),
          ),
        )
        .limit(1);
      return rows.length > 0;
    },

    lock: (clientId) => dialect.lockLineage(db, clientId),

    async setDerivedFrom({ clientId, ...version }, of) {
      await db.delete(derivations).where(isProduct(version));
      if (of.length === 0) return;
      await db.insert(derivations).values(
        of.map((source) => ({
          ...version,
          clientId,
          sourceAssetId: source.assetId,
          sourceVersion: source.version,
          role: source.role,
        })),
      );
    },

    async setGeneration(version, generation) {
      await db.delete(generations).where(isGeneration(version));
      if (generation) await db.insert(generations).values({ ...version, ...generation });
    },
  };
}
