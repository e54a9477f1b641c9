import type { TagReader } from '@vitrine/core';
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import { beginningWith } from './like.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createTagRepository({ db, tables, dialect }: RepositoryContext): TagReader {
  const { tags, assetTags, assets } = tables;
  return {
    async list({ clientId, prefix, limit }) {
      return db
        .select({ id: tags.id, clientId: tags.clientId, name: tags.name, assetCount: count(assets.id) })
        .from(tags)
        .leftJoin(assetTags, eq(assetTags.tagId, tags.id))
        .leftJoin(assets, and(eq(assets.id, assetTags.assetId), isNull(assets.trashedAt)))
        .where(
          and(
            eq(tags.clientId, clientId),
            prefix ? sql`${tags.nameKey} like ${beginningWith(prefix)} escape '\\'` : undefined,
          ),
        )
        .groupBy(tags.id)
        .orderBy(asc(dialect.byCodePoint(sql`${tags.nameKey}`)))
        .limit(limit);
    },
  };
}
