import type { CollectionReader, CollectionWriter, Visibility } from '@vitrine/core';
import { type CollectionId, fold } from '@vitrine/schema';
import { and, asc, count, desc, eq, inArray, isNull, lt, notInArray, sql } from 'drizzle-orm';
import { toCollection } from '../rows/collection-row.ts';
import { containing } from './like.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleAsset } from './visibility.ts';

export function createCollectionRepository(context: RepositoryContext): CollectionReader & CollectionWriter {
  const { db, tables, dialect } = context;
  const { collections, collectionAssets, assets } = tables;

  const seen = (visibility: Visibility) => and(isNull(assets.trashedAt), visibleAsset(context, visibility));
  const ofAsset = eq(assets.id, collectionAssets.assetId);
  const inList = (id: CollectionId) => eq(collectionAssets.collectionId, id);

  const columns = (visibility: Visibility) => {
    const counted = db
      .select({ count: count() })
      .from(collectionAssets)
      .innerJoin(assets, ofAsset)
      .where(and(eq(collectionAssets.collectionId, collections.id), seen(visibility)));
    return {
      id: collections.id,
      clientId: collections.clientId,
      name: collections.name,
      kind: collections.kind,
      query: collections.query,
      createdAt: collections.createdAt,
      updatedAt: collections.updatedAt,
      rowVersion: collections.rowVersion,
      assetCount: sql`(${counted})`.mapWith(Number),
    };
  };

  return {
    async clientOf(id) {
      const [row] = await db
        .select({ clientId: collections.clientId })
        .from(collections)
        .where(eq(collections.id, id));
      return row?.clientId ?? null;
    },

    async find({ id, visibility }) {
      const [row] = await db.select(columns(visibility)).from(collections).where(eq(collections.id, id));
      return row ? toCollection(row) : null;
    },

    async list({ clientId, visibility, text, limit }) {
      const rows = await db
        .select(columns(visibility))
        .from(collections)
        .where(
          and(
            eq(collections.clientId, clientId),
            text ? sql`${collections.searchText} like ${containing(text)} escape '\\'` : undefined,
          ),
        )
        .orderBy(asc(dialect.byCodePoint(sql`${collections.searchText}`)), asc(collections.id))
        .limit(limit);
      return rows.map(toCollection);
    },

    positions({ id, visibility, after, limit }) {
      return db
        .select({ at: collectionAssets.position, id: collectionAssets.assetId })
        .from(collectionAssets)
        .innerJoin(assets, ofAsset)
        .where(
          and(
            inList(id),
            seen(visibility),
            after &&
              sql`(${collectionAssets.position}, ${collectionAssets.assetId}) > (${after.at}, ${after.id})`,
          ),
        )
        .orderBy(asc(collectionAssets.position), asc(collectionAssets.assetId))
        .limit(limit);
    },

    async eligible({ clientId, ids, visibility }) {
      const rows = await db
        .select({ id: assets.id })
        .from(assets)
        .where(and(inArray(assets.id, [...ids]), eq(assets.clientId, clientId), seen(visibility)));
      return rows.map(({ id }) => id);
    },

    async held({ id, ids, visibility, withTrash }) {
      const rows = await db
        .select({ id: assets.id })
        .from(collectionAssets)
        .innerJoin(assets, ofAsset)
        .where(
          and(
            inList(id),
            inArray(assets.id, [...ids]),
            withTrash ? visibleAsset(context, visibility) : seen(visibility),
          ),
        );
      return rows.map((row) => row.id);
    },

    async count(id) {
      const [row] = await db.select({ count: count() }).from(collectionAssets).where(inList(id));
      return row?.count ?? 0;
    },

    async order(id) {
      const rows = await db
        .select({ id: collectionAssets.assetId })
        .from(collectionAssets)
        .where(inList(id))
        .orderBy(asc(collectionAssets.position), asc(collectionAssets.assetId));
      return rows.map((row) => row.id);
    },

    async gap({ id, before, without }) {
      const [behind] = before
        ? await db
            .select({ at: collectionAssets.position })
            .from(collectionAssets)
            .where(and(inList(id), eq(collectionAssets.assetId, before)))
        : [];
      const upper = behind?.at ?? null;
      const [ahead] = await db
        .select({ at: collectionAssets.position })
        .from(collectionAssets)
        .where(
          and(
            inList(id),
            notInArray(collectionAssets.assetId, [...without]),
            upper === null ? undefined : lt(collectionAssets.position, upper),
          ),
        )
        .orderBy(desc(collectionAssets.position))
        .limit(1);
      return { lower: ahead?.at ?? null, upper };
    },

    async insert({ at, ...collection }) {
      await db.insert(collections).values({
        ...collection,
        query: collection.kind === 'query' ? collection.query : null,
        searchText: fold(collection.name),
        createdAt: at,
        updatedAt: at,
        rowVersion: 1,
      });
    },

    lock(id) {
      return dialect.lockRow(db, { table: sql`${collections}`, where: sql`${collections.id} = ${id}` });
    },

    async update({ id, patch, at }) {
      await db
        .update(collections)
        .set({
          ...patch,
          ...(patch.name !== undefined && { searchText: fold(patch.name) }),
          updatedAt: at,
          rowVersion: sql`${collections.rowVersion} + 1`,
        })
        .where(eq(collections.id, id));
    },

    async put({ id, clientId, at }) {
      if (at.length === 0) return;
      await db
        .insert(collectionAssets)
        .values(at.map((place) => ({ ...place, collectionId: id, clientId })))
        .onConflictDoUpdate({
          target: [collectionAssets.collectionId, collectionAssets.assetId],
          set: { position: sql`excluded.position` },
        });
    },

    async take({ id, ids }) {
      await db.delete(collectionAssets).where(and(inList(id), inArray(collectionAssets.assetId, [...ids])));
    },

    async delete(id) {
      await db.delete(collectionAssets).where(inList(id));
      await db.delete(collections).where(eq(collections.id, id));
    },
  };
}
