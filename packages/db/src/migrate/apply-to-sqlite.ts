import type { Database as Connection } from 'better-sqlite3';
import type { Migration } from '../migration-files.ts';
import { migrationFailed } from '../migration-state.ts';

/** One migration that was applied. */
export interface MigrationStep {
  readonly name: string;
  /** Milliseconds. */
  readonly tookMs: number;
}

/** Runs migrations and lists them in the journal, inside the caller's transaction, with foreign keys off. */
export function applyToSqlite(connection: Connection, migrations: readonly Migration[]): MigrationStep[] {
  connection.exec(
    'create table if not exists __drizzle_migrations (id integer primary key autoincrement, hash text not null, created_at numeric)',
  );
  const record = connection.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  return migrations.map(({ name, statements, hash, createdAt }) => {
    const began = performance.now();
    try {
      for (const statement of statements) connection.exec(statement);
    } catch (error) {
      throw migrationFailed(name, error);
    }
    record.run(hash, createdAt);
    return { name, tookMs: performance.now() - began };
  });
}
