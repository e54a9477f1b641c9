import type { AppliedMigration } from '../migration-state.ts';

/** One connection, from pg or PGlite. */
export interface PostgresConnection {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** What the journal lists; empty when there is none yet. */
export async function appliedInPostgres(connection: PostgresConnection): Promise<AppliedMigration[]> {
  const { rows: tables } = await connection.query(
    "select to_regclass('drizzle.__drizzle_migrations') as journal",
  );
  const exists = tables.some(
    (row) => typeof row === 'object' && row !== null && 'journal' in row && row.journal !== null,
  );
  if (!exists) return [];
  const { rows } = await connection.query(
    'select hash, created_at::text as "createdAt" from drizzle.__drizzle_migrations order by created_at',
  );
  return rows.flatMap((row) =>
    typeof row === 'object' && row !== null && 'hash' in row && 'createdAt' in row
      ? [{ hash: String(row.hash), createdAt: Number(row.createdAt) }]
      : [],
  );
}
