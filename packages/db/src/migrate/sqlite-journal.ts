import type { Database as Connection } from 'better-sqlite3';
import type { AppliedMigration } from '../migration-state.ts';

/** What the journal lists; empty when there is none yet. */
export function appliedInSqlite(connection: Connection): AppliedMigration[] {
  const exists = connection
    .prepare("select 1 from sqlite_master where type = 'table' and name = ?")
    .get('__drizzle_migrations');
  if (!exists) return [];
  return connection
    .prepare<[], AppliedMigration>(
      'select hash, created_at as createdAt from __drizzle_migrations order by created_at',
    )
    .all();
}
