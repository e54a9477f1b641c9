import { changePostgres } from './migrate/change-postgres.ts';
import { onPostgres } from './migrate/on-postgres.ts';
import { appliedInPostgres, type PostgresConnection } from './migrate/postgres-journal.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { assertNotNewer, type MigrationResult, migrationState } from './migration-state.ts';

export interface MigratePostgresOptions {
  /** Where to connect to, or one open connection that nobody else uses meanwhile. */
  readonly database: string | PostgresConnection;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
}

/** Any number of our own: every starter waits for the same lock. */
const migrationLock = 7_301_441;

/** As long as a starter waits on SQLite. */
const lockTimeout = '120s';

async function migrateLocked(
  connection: PostgresConnection,
  { folder = migrationsFolder('postgres') }: MigratePostgresOptions,
): Promise<MigrationResult> {
  const state = migrationState(readMigrations(folder), await appliedInPostgres(connection));
  assertNotNewer(state);
  if (state.todo.length === 0) return { applied: [] };
  await changePostgres(connection, state.todo);
  return { applied: [...state.pending] };
}

async function migrateOn(
  connection: PostgresConnection,
  options: MigratePostgresOptions,
): Promise<MigrationResult> {
  await connection.query('begin');
  try {
    // Before the journal is read, and held to the commit: of many starters one applies and the others find it done.
    await connection.query(`set local lock_timeout = '${lockTimeout}'`);
    await connection.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await connection.query('set local lock_timeout = default');
    const result = await migrateLocked(connection, options);
    await connection.query('commit');
    return result;
  } catch (error) {
    // On a connection that broke it fails too, and what broke it is what tells something.
    await connection.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * Brings a PostgreSQL database to this version. All or nothing, and safe to start many times at once. Fails when a newer
 * version made the database and when a migration was edited after it had been applied.
 */
export function migratePostgres(options: MigratePostgresOptions): Promise<MigrationResult> {
  return onPostgres(options.database, (connection) => migrateOn(connection, options));
}
