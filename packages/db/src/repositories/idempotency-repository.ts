import type { IdempotencyWriter, IdempotentRequest } from '@vitrine/core';
import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

const prunedAtOnce = 1000;

export function createIdempotencyRepository({
  db,
  tables: { idempotencyKeys: keys },
}: RepositoryContext): IdempotencyWriter {
  const under = ({ actor, key }: IdempotentRequest) => and(eq(keys.actor, actor), eq(keys.key, key));
  const unanswered = (request: IdempotentRequest) =>
    and(under(request), eq(keys.fingerprint, request.fingerprint), isNull(keys.answer));

  return {
    async begin({ actor, key, fingerprint, at, since, leaseUntil }) {
      const fresh = { actor, key, fingerprint, answer: null, leaseUntil, createdAt: at };
      const added = await db.insert(keys).values(fresh).onConflictDoNothing().returning({ key: keys.key });
      if (added.length > 0) return { state: 'begun' };
      const [row] = await db.select().from(keys).where(under(fresh));
      // It was forgotten in between: whoever sends it again begins anew.
      if (!row) return { state: 'running' };
      const isOver = row.createdAt < since || (row.leaseUntil !== null && row.leaseUntil < at);
      if (isOver) {
        const taken = await db
          .update(keys)
          .set(fresh)
          .where(and(under(fresh), eq(keys.createdAt, row.createdAt), eq(keys.fingerprint, row.fingerprint)))
          .returning({ key: keys.key });
        return { state: taken.length > 0 ? 'begun' : 'running' };
      }
      if (row.fingerprint !== fingerprint) return { state: 'reused' };
      if (row.answer === null) return { state: 'running' };
      return { state: 'done', answer: row.answer };
    },

    async complete({ answer, ...request }) {
      const rows = await db
        .update(keys)
        .set({ answer, leaseUntil: null })
        .where(unanswered(request))
        .returning({ key: keys.key });
      return rows.length > 0;
    },

    async release(request) {
      await db.delete(keys).where(unanswered(request));
    },

    async prune(before) {
      const old = await db
        .select({ actor: keys.actor, key: keys.key })
        .from(keys)
        .where(lt(keys.createdAt, before))
        .orderBy(asc(keys.createdAt))
        .limit(prunedAtOnce);
      if (old.length === 0) return 0;
      const gone = await db
        .delete(keys)
        .where(
          and(
            lt(keys.createdAt, before),
            inArray(
              keys.key,
              old.map(({ key }) => key),
            ),
          ),
        )
        .returning({ key: keys.key });
      return gone.length;
    },
  };
}
