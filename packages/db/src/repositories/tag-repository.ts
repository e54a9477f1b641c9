import type { TagReader, TagWriter } from '@vitrine/core';
import { type AssetId, tagKey } from '@vitrine/schema';
import { and, asc, count, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm';
import { createSearchIndex } from '../search/search-index.ts';
import { beginningWith } from './like.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createTagRepository(context: RepositoryContext): TagReader & TagWriter {
  const { db, tables, dialect } = context;
  const { tags, assetTags, assets, clients } = tables;
  const reindex = createSearchIndex(context);

  // Only of the tags that are answered: a join would count those of all before it takes the first.
  const carried = db
    .select({ count: count() })
    .from(assetTags)
    .innerJoin(assets, eq(assets.id, assetTags.assetId))
    .where(and(eq(assetTags.tagId, tags.id), isNull(assets.trashedAt)));
  const columns = {
    id: tags.id,
    clientId: tags.clientId,
    name: tags.name,
    assetCount: sql`(${carried})`.mapWith(Number),
  };

  /** Whoever carries a tag is another asset when the tag is. */
  const edited = (at: number) => ({ updatedAt: at, rowVersion: sql`${assets.rowVersion} + 1` });

  return {
    async find(id) {
      const [tag] = await db.select(columns).from(tags).where(eq(tags.id, id));
      return tag ?? null;
    },

    list({ clientId, prefix, limit }) {
      return db
        .select(columns)
        .from(tags)
        .where(
          and(
            eq(tags.clientId, clientId),
            prefix ? sql`${tags.nameKey} like ${beginningWith(prefix)} escape '\\'` : undefined,
          ),
        )
        .orderBy(asc(dialect.byCodePoint(sql`${tags.nameKey}`)))
        .limit(limit);
    },

    carriers({ id, after, limit }) {
      return db
        .select({
          assetId: assetTags.assetId,
          campaignId: assets.campaignId,
          trashed: sql`${assets.trashedAt} is not null`.mapWith(Boolean),
        })
        .from(assetTags)
        .innerJoin(assets, eq(assets.id, assetTags.assetId))
        .where(and(eq(assetTags.tagId, id), after ? gt(assetTags.assetId, after) : undefined))
        .orderBy(asc(assetTags.assetId))
        .limit(limit);
    },

    async lock(ids) {
      for (const id of [...ids].sort()) {
        await dialect.lockRow(db, { table: sql`${tags}`, where: sql`${tags.id} = ${id}` });
      }
    },

    async rename({ id, clientId, name, at }) {
      // Held for the check: the client's tags are made and renamed one at a time.
      await dialect.lockRow(db, { table: sql`${clients}`, where: sql`${clients.id} = ${clientId}` });
      const nameKey = tagKey(name);
      const [other] = await db
        .select({ id: tags.id })
        .from(tags)
        .where(and(eq(tags.clientId, clientId), eq(tags.nameKey, nameKey), ne(tags.id, id)));
      if (other) return false;
      await db.update(tags).set({ name, nameKey }).where(eq(tags.id, id));
      const carriers = db.select({ id: assetTags.assetId }).from(assetTags).where(eq(assetTags.tagId, id));
      await db.update(assets).set(edited(at)).where(inArray(assets.id, carriers));
      return true;
    },

    async replace({ id, by, clientId, assetIds, at }) {
      const some: AssetId[] = [...assetIds];
      if (some.length === 0) return;
      if (by) {
        await db
          .insert(assetTags)
          .values(some.map((assetId) => ({ assetId, tagId: by, clientId })))
          .onConflictDoNothing();
      }
      await db.delete(assetTags).where(and(eq(assetTags.tagId, id), inArray(assetTags.assetId, some)));
      await db.update(assets).set(edited(at)).where(inArray(assets.id, some));
      for (const assetId of some) await reindex(assetId);
    },

    async delete(id) {
      await db.delete(tags).where(eq(tags.id, id));
    },
  };
}
