import type { Migration } from '../migration-files.ts';
import { migrationFailed } from '../migration-state.ts';
import type { MigrationStep } from './apply-to-sqlite.ts';
import type { PostgresConnection } from './postgres-journal.ts';

/** Runs migrations inside the caller's transaction, and lists them in the journal, which must be there. */
export async function applyToPostgres(
  connection: PostgresConnection,
  migrations: readonly Migration[],
): Promise<MigrationStep[]> {
  const steps: MigrationStep[] = [];
  for (const { name, statements, hash, createdAt } of migrations) {
    const began = performance.now();
    try {
      for (const statement of statements) await connection.query(statement);
    } catch (error) {
      throw migrationFailed(name, error);
    }
    await connection.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      createdAt,
    ]);
    steps.push({ name, tookMs: performance.now() - began });
  }
  return steps;
}
