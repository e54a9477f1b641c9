import type { AttemptCount, AttemptReader, AttemptWriter } from '@vitrine/core';
import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Tells these rows from the others of the table, which is the identity library's, for what lasts for a while only. */
const identifier = 'vitrine:attempt';

/** Counts of tries; the count is the row's value, as text. */
export function createAttemptRepository({
  db,
  tables: { verifications },
}: RepositoryContext): AttemptReader & AttemptWriter {
  const { id, value, expiresAt, updatedAt } = verifications;
  const columns = { key: id, count: value, endsAt: expiresAt };
  const counted = ({ key, count, endsAt }: { key: string; count: string; endsAt: Date }): AttemptCount => ({
    key,
    count: Number(count),
    endsAt: endsAt.getTime(),
  });
  const moreBy = (difference: number) =>
    sql<string>`cast(cast(${value} as integer) + cast(${difference} as integer) as text)`;

  return {
    async counts({ keys, now }) {
      const rows = await db
        .select(columns)
        .from(verifications)
        .where(and(inArray(id, [...keys]), gt(expiresAt, new Date(now))));
      return rows.map(counted);
    },

    async add({ key, now, endsAt, by = 1 }) {
      const at = new Date(now);
      const isOver = sql`${expiresAt} <= ${sql.param(at, expiresAt)}`;
      const [row] = await db
        .insert(verifications)
        .values({
          id: key,
          identifier,
          value: String(by),
          expiresAt: new Date(endsAt),
          createdAt: at,
          updatedAt: at,
        })
        .onConflictDoUpdate({
          target: id,
          set: {
            value: sql`case when ${isOver} then ${String(by)} else ${moreBy(by)} end`,
            expiresAt: sql`case when ${isOver} then excluded.expires_at else ${expiresAt} end`,
            updatedAt: sql`excluded.${sql.identifier(updatedAt.name)}`,
          },
        })
        .returning(columns);
      if (!row) throw new Error('The try is not there after it was counted.');
      return counted(row);
    },

    async takeBack(key) {
      await db
        .update(verifications)
        .set({ value: moreBy(-1) })
        .where(and(eq(id, key), sql`cast(${value} as integer) > 0`));
    },

    async remove(key) {
      await db.delete(verifications).where(eq(id, key));
    },

    async prune(now) {
      const gone = await db
        .delete(verifications)
        .where(lte(expiresAt, new Date(now)))
        .returning({ id });
      return gone.length;
    },
  };
}
