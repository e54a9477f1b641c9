import type { BlobState, HealthReader, HealthWriter } from '@vitrine/core';
import { and, asc, count, eq, inArray, isNotNull, isNull, lt, or, type SQL, sum } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

const mostShown = 1000;

/** What is known of the bytes behind the rows. */
export function createHealthRepository({
  db,
  tables: { blobs, renditions },
}: RepositoryContext): HealthReader & HealthWriter {
  const { sha256, size, store, createdAt, damage, damagedAt } = blobs;
  const state = { sha256, size, store, createdAt, damage, damagedAt };

  const firstOf = (condition: SQL | undefined, limit: number): Promise<BlobState[]> =>
    db
      .select(state)
      .from(blobs)
      .where(and(condition, isNull(blobs.deletingAt)))
      .orderBy(asc(blobs.verifiedAt), asc(sha256))
      .limit(limit);

  /** That the row is the one that was read, and lies where it lay. */
  const isStill = (row: BlobState) =>
    and(
      eq(sha256, row.sha256),
      eq(createdAt, row.createdAt),
      eq(store, row.store),
      row.damagedAt === null ? isNull(damagedAt) : eq(damagedAt, row.damagedAt),
      isNull(blobs.deletingAt),
    );

  return {
    async leastVerified({ before, limit }) {
      // Two looks, since the dialects disagree where null sorts.
      const never = await firstOf(isNull(blobs.verifiedAt), limit);
      if (never.length === limit) return never;
      return [...never, ...(await firstOf(lt(blobs.verifiedAt, before), limit - never.length))];
    },

    async blob(wanted) {
      const [row] = await firstOf(eq(sha256, wanted), 1);
      return row ?? null;
    },

    async totals() {
      const [row] = await db.select({ blobs: count(), bytes: sum(size) }).from(blobs);
      return { blobs: row?.blobs ?? 0, bytes: Number(row?.bytes ?? 0) };
    },

    shownBy: (wanted) =>
      db
        .selectDistinct({ assetId: renditions.assetId, version: renditions.version })
        .from(renditions)
        .where(eq(renditions.sha256, wanted))
        .limit(mostShown),

    async markVerified(states, at) {
      // The moment of a row tells it from one that came after it; one update for all that share one.
      const byMoment = Map.groupBy(states, (one) => one.createdAt);
      const conditions = [...byMoment].map(([moment, rows]) =>
        and(
          eq(createdAt, moment),
          inArray(
            sha256,
            rows.map((row) => row.sha256),
          ),
        ),
      );
      await db
        .update(blobs)
        .set({ verifiedAt: at })
        .where(or(...conditions));
    },

    async markDamaged(row, found) {
      const marked = await db
        .update(blobs)
        .set({ damage: found.damage, damagedAt: found.at })
        .where(isStill(row))
        .returning({ sha256 });
      return marked.length > 0;
    },

    async markWhole(blob) {
      const marked = await db
        .update(blobs)
        .set({ damage: null, damagedAt: null, verifiedAt: blob.at })
        .where(and(eq(sha256, blob.sha256), isNotNull(damagedAt)))
        .returning({ sha256 });
      return marked.length > 0;
    },
  };
}
