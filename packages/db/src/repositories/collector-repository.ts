import type { CollectorReader, CollectorWriter } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';
import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import { isUnused } from './blob-uses.ts';
import { newBlob } from './new-blob.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createCollectorRepository(context: RepositoryContext): CollectorReader & CollectorWriter {
  const { db, tables } = context;
  const { blobs } = tables;
  const row = { sha256: blobs.sha256, size: blobs.size, store: blobs.store };

  const unused = () => isUnused(context);
  const isDue = (by: number) => and(lte(blobs.unreferencedAt, by), isNull(blobs.deletingAt), unused());

  async function mark(of: readonly Sha256[], at: number): Promise<number> {
    if (of.length === 0) return 0;
    const marked = await db
      .update(blobs)
      .set({ unreferencedAt: at })
      .where(and(inArray(blobs.sha256, [...of]), isNull(blobs.unreferencedAt), unused()))
      .returning({ sha256: blobs.sha256 });
    return marked.length;
  }

  return {
    async unknown(sha256s) {
      if (sha256s.length === 0) return [];
      const rows = await db
        .select({ sha256: blobs.sha256 })
        .from(blobs)
        .where(inArray(blobs.sha256, [...sha256s]));
      const known = new Set(rows.map(({ sha256 }) => sha256));
      return sha256s.filter((sha256) => !known.has(sha256));
    },

    due: ({ by, limit }) =>
      db.select(row).from(blobs).where(isDue(by)).orderBy(asc(blobs.unreferencedAt)).limit(limit),

    mark: ({ sha256s, at }) => mark(sha256s, at),

    async markPage({ after, limit, at }) {
      const page = await db
        .select({ sha256: blobs.sha256 })
        .from(blobs)
        .where(after === null ? undefined : gt(blobs.sha256, after))
        .orderBy(asc(blobs.sha256))
        .limit(limit);
      const last = page.at(-1);
      if (!last) return null;
      return {
        last: last.sha256,
        marked: await mark(
          page.map(({ sha256 }) => sha256),
          at,
        ),
      };
    },

    async adopt(strays, at) {
      await db
        .insert(blobs)
        .values(strays.map((stray) => ({ ...newBlob, ...stray, createdAt: at, unreferencedAt: at })))
        .onConflictDoNothing();
    },

    async beginDeleting({ by, limit, at }) {
      const due = await db
        .select({ sha256: blobs.sha256 })
        .from(blobs)
        .where(isDue(by))
        .orderBy(asc(blobs.unreferencedAt))
        .limit(limit);
      if (due.length === 0) return [];
      // Looked at again in the statement that decides: on PostgreSQL somebody may have begun to use one since.
      return db
        .update(blobs)
        .set({ deletingAt: at })
        .where(
          and(
            inArray(
              blobs.sha256,
              due.map(({ sha256 }) => sha256),
            ),
            isDue(by),
          ),
        )
        .returning(row);
    },

    async takeOver({ by, limit, at }) {
      const over = await db
        .select({ sha256: blobs.sha256 })
        .from(blobs)
        .where(lte(blobs.deletingAt, by))
        .limit(limit);
      if (over.length === 0) return [];
      const hashes = over.map(({ sha256 }) => sha256);
      return db
        .update(blobs)
        .set({ deletingAt: at })
        .where(and(inArray(blobs.sha256, hashes), lte(blobs.deletingAt, by)))
        .returning(row);
    },

    async renew({ sha256, since, at }) {
      const renewed = await db
        .update(blobs)
        .set({ deletingAt: at })
        .where(and(eq(blobs.sha256, sha256), eq(blobs.deletingAt, since)))
        .returning({ sha256: blobs.sha256 });
      return renewed.length > 0;
    },

    async forget({ sha256, since }) {
      await db.delete(blobs).where(and(eq(blobs.sha256, sha256), eq(blobs.deletingAt, since)));
    },
  };
}
