import { type SessionReader, type SessionWriter, toTimestamp } from '@vitrine/core';
import { and, desc, eq, gt, lt } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Sessions, in the identity library's own table: it makes them at sign-in. */
export function createSessionRepository({ db, tables }: RepositoryContext): SessionReader & SessionWriter {
  const { sessions } = tables;
  return {
    async list({ userId, now }) {
      const rows = await db
        .select({
          id: sessions.id,
          userId: sessions.userId,
          createdAt: sessions.createdAt,
          lastUsedAt: sessions.updatedAt,
          expiresAt: sessions.expiresAt,
          address: sessions.ipAddress,
          agent: sessions.userAgent,
        })
        .from(sessions)
        .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, new Date(now))))
        .orderBy(desc(sessions.updatedAt), desc(sessions.id));
      return rows.map((row) => ({
        ...row,
        // The library notes an address that it was not told as an empty one.
        address: row.address || null,
        agent: row.agent || null,
        createdAt: toTimestamp(row.createdAt.getTime()),
        lastUsedAt: toTimestamp(row.lastUsedAt.getTime()),
        expiresAt: toTimestamp(row.expiresAt.getTime()),
      }));
    },

    async touch(id, at) {
      const now = new Date(at);
      // Of two who come at once the later moment stays.
      await db
        .update(sessions)
        .set({ updatedAt: now })
        .where(and(eq(sessions.id, id), lt(sessions.updatedAt, now)));
    },

    async remove(id) {
      await db.delete(sessions).where(eq(sessions.id, id));
    },
  };
}
