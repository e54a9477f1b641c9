import type { ChangeReader, ChangeWriter } from '@vitrine/core';
import { and, asc, gt, lt, max, min } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';
import { visibleClient } from './visibility.ts';

export function createChangeRepository(context: RepositoryContext): ChangeReader & ChangeWriter {
  const { db, tables, dialect } = context;
  const { changes } = tables;

  return {
    async after({ seq, visibility, limit }) {
      const rows = await db
        .select({ seq: changes.seq, change: changes.body })
        .from(changes)
        .where(and(gt(changes.seq, seq), visibleClient(context, changes.clientId, visibility)))
        .orderBy(asc(changes.seq))
        .limit(limit);
      return rows;
    },

    async bounds() {
      const [row] = await db.select({ newest: max(changes.seq), oldest: min(changes.seq) }).from(changes);
      return { newest: Number(row?.newest ?? 0), oldest: Number(row?.oldest ?? 0) };
    },

    async append(change) {
      await dialect.lockAuditLog(db);
      const [row] = await db.select({ newest: max(changes.seq) }).from(changes);
      const seq = Number(row?.newest ?? 0) + 1;
      await db
        .insert(changes)
        .values({ seq, at: Date.parse(change.at), clientId: change.clientId, body: change });
    },

    async prune(before) {
      const [last] = await db.select({ newest: max(changes.seq) }).from(changes);
      // The newest one stays: numbers must not begin again.
      const rows = await db
        .delete(changes)
        .where(and(lt(changes.at, before), lt(changes.seq, Number(last?.newest ?? 0))))
        .returning({ seq: changes.seq });
      return rows.length;
    },
  };
}
