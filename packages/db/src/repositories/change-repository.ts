import type { ChangeReader, ChangeWriter } from '@vitrine/core';
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleClient } from './visibility.ts';

/** Rows that one call removes: few enough to hold nobody up. */
const pruneSize = 1000;

const value = (name: string) => sql.placeholder(name);

export function createChangeRepository(context: RepositoryContext): ChangeReader & ChangeWriter {
  const { db, tables, dialect } = context;
  const { changes } = tables;

  const ends = once(() =>
    db
      .select({
        // Each on its own: both in one select would make SQLite read every row.
        newest: sql<number | string>`coalesce((select max(${changes.seq}) from ${changes}), 0)`,
        oldest: sql<number | string>`coalesce((select min(${changes.seq}) from ${changes}), 0)`,
      })
      .from(sql`(select 1) as one`)
      .prepare(),
  );

  // A statement of its own behind the lock: on PostgreSQL it sees what was committed when it begins.
  const insert = once(() =>
    db
      .insert(changes)
      .values({
        seq: sql`(select coalesce(max(${changes.seq}), 0) + 1 from ${changes})`,
        at: value('at'),
        clientId: value('clientId'),
        body: sql`${value('body')}`,
      })
      .prepare(),
  );

  const first = once(() =>
    db
      .select({ seq: changes.seq, at: changes.at })
      .from(changes)
      .orderBy(asc(changes.seq))
      .limit(pruneSize)
      .prepare(),
  );

  async function bounds() {
    const [row] = await ends().execute();
    return { newest: Number(row?.newest ?? 0), oldest: Number(row?.oldest ?? 0) };
  }

  return {
    bounds,

    async after({ seq, visibility, clientId, limit }) {
      return db
        .select({ seq: changes.seq, change: changes.body })
        .from(changes)
        .where(
          and(
            gt(changes.seq, seq),
            clientId ? eq(changes.clientId, clientId) : undefined,
            visibleClient(context, changes.clientId, visibility),
          ),
        )
        .orderBy(asc(changes.seq))
        .limit(limit);
    },

    async append(change) {
      await dialect.lockLogs(db);
      const { at, clientId } = change;
      await insert().execute({ at: Date.parse(at), clientId, body: JSON.stringify(change) });
    },

    async prune({ before, keep }) {
      const { newest } = await bounds();
      const rows = await first().execute();
      const firstKept = rows.findIndex(
        ({ seq, at }) => seq === newest || (at >= before && seq > newest - keep),
      );
      // A row in between stays with those behind it, however old it says it is: there must be no gap.
      const gone = rows.slice(0, firstKept < 0 ? rows.length : firstKept);
      const last = gone.at(-1);
      if (last) await db.delete(changes).where(lte(changes.seq, last.seq));
      return gone.length;
    },
  };
}
