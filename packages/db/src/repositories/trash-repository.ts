import type { TrashReader, TrashWriter } from '@vitrine/core';
import type { AssetId, Sha256 } from '@vitrine/schema';
import {
  aliasedTable,
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { currentThumb, currentVersion } from './asset-columns.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleAsset } from './visibility.ts';

export function createTrashRepository(context: RepositoryContext): TrashReader & TrashWriter {
  const { db, tables, dialect } = context;
  const { assets, assetVersions, derivations, renditions } = tables;
  const { collections, collectionAssets, shareAssets, shareLinks } = tables;

  const select = (condition: SQL | undefined) =>
    db
      .select({
        id: assets.id,
        type: assets.type,
        format: assetVersions.format,
        name: assets.name,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        userId: assets.userId,
        size: assetVersions.size,
        thumbhash: renditions.thumbhash,
        rowVersion: assets.rowVersion,
        trashedAt: sql`${assets.trashedAt}`.mapWith(Number),
      })
      .from(assets)
      .innerJoin(assetVersions, currentVersion(context))
      .leftJoin(renditions, currentThumb(context))
      .where(and(isNotNull(assets.trashedAt), condition));

  const product = aliasedTable(assets, 'product');
  /** That no asset outside the trash is made of a version of the row. */
  const nothingIsMadeOfIt = () =>
    notExists(
      db
        .select({ id: derivations.assetId })
        .from(derivations)
        .innerJoin(product, eq(product.id, derivations.assetId))
        .where(
          and(
            eq(derivations.sourceAssetId, assets.id),
            isNull(product.trashedAt),
            sql`${product.id} <> ${assets.id}`,
          ),
        ),
    );

  /** The hashes of everything that the asset holds. */
  async function bytesOf(id: AssetId): Promise<Sha256[]> {
    const originals = await db
      .select({ sha256: assetVersions.sha256 })
      .from(assetVersions)
      .where(eq(assetVersions.assetId, id));
    const made = await db
      .select({ sha256: renditions.sha256 })
      .from(renditions)
      .where(and(eq(renditions.assetId, id), isNotNull(renditions.sha256)));
    return [...new Set([...originals, ...made].flatMap(({ sha256 }) => sha256 ?? []))];
  }

  return {
    async find(id) {
      const [row] = await select(eq(assets.id, id));
      return row ?? null;
    },

    list({ visibility, clientId, after, limit }) {
      return select(
        and(
          clientId ? eq(assets.clientId, clientId) : undefined,
          after && sql`(${assets.trashedAt}, ${assets.id}) < (${after.at}, ${after.id})`,
          visibleAsset(context, visibility),
        ),
      )
        .orderBy(desc(assets.trashedAt), desc(assets.id))
        .limit(limit);
    },

    due({ before, clientId, after, limit }) {
      return select(
        and(
          lt(assets.trashedAt, before),
          clientId ? eq(assets.clientId, clientId) : undefined,
          after ? gt(assets.id, after) : undefined,
          nothingIsMadeOfIt(),
        ),
      )
        .orderBy(asc(assets.id))
        .limit(limit);
    },

    async count({ clientId, visibility }) {
      const [row] = await db
        .select({ total: count() })
        .from(assets)
        .where(
          and(eq(assets.clientId, clientId), isNotNull(assets.trashedAt), visibleAsset(context, visibility)),
        );
      return row?.total ?? 0;
    },

    async uses({ id, visibility, at }) {
      const inCollections = await db
        .select({ id: collections.id, name: collections.name })
        .from(collectionAssets)
        .innerJoin(collections, eq(collections.id, collectionAssets.collectionId))
        .where(eq(collectionAssets.assetId, id))
        .orderBy(asc(collections.name), asc(collections.id));
      const inShares = await db
        .select({ id: shareLinks.id, name: shareLinks.name })
        .from(shareAssets)
        .innerJoin(shareLinks, eq(shareLinks.id, shareAssets.shareId))
        .where(
          and(
            eq(shareAssets.assetId, id),
            isNull(shareLinks.revokedAt),
            gt(shareLinks.expiresAt, at),
            or(isNull(shareLinks.maxUses), lt(shareLinks.uses, shareLinks.maxUses)),
          ),
        )
        .orderBy(asc(shareLinks.name), asc(shareLinks.id));
      const madeInto = await db
        .selectDistinct({ id: assets.id, name: assets.name })
        .from(derivations)
        .innerJoin(assets, eq(assets.id, derivations.assetId))
        .where(
          and(
            eq(derivations.sourceAssetId, id),
            sql`${assets.id} <> ${id}`,
            isNull(assets.trashedAt),
            visibleAsset(context, visibility),
          ),
        )
        .orderBy(asc(assets.name), asc(assets.id));
      return { collections: inCollections, shares: inShares, madeInto };
    },

    lockProducts(id) {
      const products = db
        .select({ id: derivations.assetId })
        .from(derivations)
        .where(eq(derivations.sourceAssetId, id));
      return dialect.lockRow(db, {
        table: sql`${assets}`,
        where: sql`${inArray(assets.id, products)} and ${assets.id} <> ${id}`,
      });
    },

    async purge(id) {
      const [row] = await db
        .select({ id: assets.id })
        .from(assets)
        .where(and(eq(assets.id, id), isNotNull(assets.trashedAt)));
      if (!row) return false;
      const bytes = await bytesOf(id);
      await db.delete(derivations).where(or(eq(derivations.assetId, id), eq(derivations.sourceAssetId, id)));
      for (const table of [
        tables.generations,
        tables.assetTexts,
        tables.assetRoles,
        tables.assetTags,
        collectionAssets,
        shareAssets,
        tables.assetGrants,
        tables.hiddenAssets,
        renditions,
      ]) {
        await db.delete(table).where(eq(table.assetId, id));
      }
      await db.delete(assets).where(and(eq(assets.id, id), isNotNull(assets.trashedAt)));
      await db.delete(assetVersions).where(eq(assetVersions.assetId, id));
      return bytes;
    },
  };
}
