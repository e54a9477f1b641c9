import type { QuarantinedRecord, QuarantineReader, QuarantineWriter } from '@vitrine/core';
import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Files that are kept apart. */
export function createQuarantineRepository({
  db,
  tables,
}: RepositoryContext): QuarantineReader & QuarantineWriter {
  const { quarantinedFiles } = tables;

  async function selected(condition: SQL | undefined, limit: number): Promise<QuarantinedRecord[]> {
    const rows = await db
      .select()
      .from(quarantinedFiles)
      .where(condition)
      .orderBy(desc(quarantinedFiles.createdAt), desc(quarantinedFiles.id))
      .limit(limit);
    return rows.map(({ createdAt, ...file }) => ({ ...file, at: createdAt }));
  }

  return {
    async find(id) {
      const [file] = await selected(eq(quarantinedFiles.id, id), 1);
      return file ?? null;
    },

    list: ({ after, limit }) =>
      selected(
        after &&
          or(
            lt(quarantinedFiles.createdAt, after.at),
            and(eq(quarantinedFiles.createdAt, after.at), lt(quarantinedFiles.id, after.id)),
          ),
        limit,
      ),

    async holds(sha256) {
      const rows = await db
        .select({ id: quarantinedFiles.id })
        .from(quarantinedFiles)
        .where(eq(quarantinedFiles.sha256, sha256))
        .limit(1);
      return rows.length > 0;
    },

    async insert({ at, ...file }) {
      await db.insert(quarantinedFiles).values({ ...file, createdAt: at });
    },

    async remove(id) {
      const gone = await db
        .delete(quarantinedFiles)
        .where(eq(quarantinedFiles.id, id))
        .returning({ id: quarantinedFiles.id });
      return gone.length > 0;
    },
  };
}
