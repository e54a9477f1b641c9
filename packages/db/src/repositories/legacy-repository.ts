import { AppError, type LegacyReader, type LegacyWriter } from '@vitrine/core';
import { legacyNoteSchema } from '@vitrine/schema';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

export function createLegacyRepository({
  db,
  tables,
  dialect,
}: RepositoryContext): LegacyReader & LegacyWriter {
  const { assets, legacyRows } = tables;
  const byCodePoint = dialect.byCodePoint(sql`${legacyRows.sourceKey}`);
  const notesSchema = legacyNoteSchema.array();

  return {
    async list({ table, after, limit }) {
      const rows = await db
        .select({
          table: legacyRows.sourceTable,
          key: legacyRows.sourceKey,
          outcome: legacyRows.outcome,
          targetId: legacyRows.targetId,
          rowHash: legacyRows.rowHash,
          notes: legacyRows.notes,
        })
        .from(legacyRows)
        .where(and(eq(legacyRows.sourceTable, table), after === null ? undefined : gt(byCodePoint, after)))
        .orderBy(asc(byCodePoint))
        .limit(limit);
      return rows.map((row) => ({ ...row, notes: notesSchema.parse(JSON.parse(row.notes)) }));
    },

    async isTaken(id) {
      const [row] = await db.select({ id: assets.id }).from(assets).where(eq(assets.id, id));
      return row !== undefined;
    },

    async put({ table, key, at, notes, ...entry }) {
      const values = {
        ...entry,
        sourceTable: table,
        sourceKey: key,
        notes: JSON.stringify(notes),
        createdAt: at,
      };
      const [row] = await db
        .insert(legacyRows)
        .values(values)
        .onConflictDoUpdate({
          target: [legacyRows.sourceTable, legacyRows.sourceKey],
          set: values,
          setWhere: eq(legacyRows.outcome, 'missing_bytes'),
        })
        .returning({ key: legacyRows.sourceKey });
      if (row) return;
      throw new AppError(
        'conflict',
        `Another import has settled the row '${key}' of '${table}' meanwhile. Let one run at a time; start this one again when it is done.`,
      );
    },
  };
}
