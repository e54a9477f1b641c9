import type { LeftCopy, MoveReader, MoveWriter } from '@vitrine/core';
import { and, asc, count, eq, gt, inArray, isNull, lte, ne, sum } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Which bytes lie where, and what moves left behind. */
export function createMoveRepository({ db, tables: { blobs } }: RepositoryContext): MoveReader & MoveWriter {
  const isElsewhere = (to: LeftCopy['store']) => and(ne(blobs.store, to), isNull(blobs.deletingAt));

  return {
    async elsewhere({ to, after, limit }) {
      const rows = await db
        .select({
          sha256: blobs.sha256,
          size: blobs.size,
          store: blobs.store,
          damagedAt: blobs.damagedAt,
          movedFrom: blobs.movedFrom,
        })
        .from(blobs)
        .where(and(isElsewhere(to), after === null ? undefined : gt(blobs.sha256, after)))
        .orderBy(asc(blobs.sha256))
        .limit(limit);
      return rows.map(({ damagedAt, movedFrom, ...row }) => ({
        ...row,
        isDamaged: damagedAt !== null,
        hasCopy: movedFrom !== null,
      }));
    },

    async countElsewhere(to) {
      const [row] = await db
        .select({ blobs: count(), bytes: sum(blobs.size) })
        .from(blobs)
        .where(isElsewhere(to));
      return { blobs: row?.blobs ?? 0, bytes: Number(row?.bytes ?? 0) };
    },

    async settle({ sha256, from, to, at }) {
      const settled = await db
        .update(blobs)
        .set({ store: to, movedFrom: from, movedAt: at, verifiedAt: at })
        .where(
          and(
            eq(blobs.sha256, sha256),
            eq(blobs.store, from),
            isNull(blobs.movedFrom),
            isNull(blobs.damagedAt),
            isNull(blobs.deletingAt),
          ),
        )
        .returning({ sha256: blobs.sha256 });
      return settled.length > 0;
    },

    async takeCopies({ by, limit, at }) {
      const left = await db
        .select({ sha256: blobs.sha256 })
        .from(blobs)
        .where(lte(blobs.movedAt, by))
        .orderBy(asc(blobs.movedAt))
        .limit(limit);
      if (left.length === 0) return [];
      const hashes = left.map(({ sha256 }) => sha256);
      // Looked at again in the statement that takes them: somebody else may have them by now.
      const taken = await db
        .update(blobs)
        .set({ movedAt: at })
        .where(and(inArray(blobs.sha256, hashes), lte(blobs.movedAt, by)))
        .returning({ sha256: blobs.sha256, store: blobs.movedFrom });
      return taken.flatMap(({ sha256, store }) => (store === null ? [] : [{ sha256, store, since: at }]));
    },

    async forgetCopy({ sha256, store, since }) {
      await db
        .update(blobs)
        .set({ movedFrom: null, movedAt: null })
        .where(and(eq(blobs.sha256, sha256), eq(blobs.movedFrom, store), eq(blobs.movedAt, since)));
    },
  };
}
