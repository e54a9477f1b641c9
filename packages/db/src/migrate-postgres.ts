import pg from 'pg';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import {
  type AppliedMigration,
  assertNotNewer,
  type MigrationResult,
  migrationFailed,
  migrationState,
} from './migration-state.ts';

/** One connection, from pg or PGlite. */
export interface PostgresConnection {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface MigratePostgresOptions {
  /** Where to connect to, or one open connection that nobody else uses meanwhile. */
  readonly database: string | PostgresConnection;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
  /** Changes nothing and lists what would be applied. */
  readonly dryRun?: boolean;
}

/** Any number of our own: every starter waits for the same lock. */
const migrationLock = 7_301_441;

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

async function migrateLocked(
  connection: PostgresConnection,
  { folder = migrationsFolder('postgres'), dryRun = false }: MigratePostgresOptions,
): Promise<MigrationResult> {
  const state = migrationState(readMigrations(folder), await appliedInPostgres(connection));
  assertNotNewer(state);
  if (dryRun || state.todo.length === 0) return { applied: [], pending: [...state.pending] };
  await connection.query('create schema if not exists drizzle');
  await connection.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const migration of state.todo) {
    try {
      for (const statement of migration.statements) await connection.query(statement);
    } catch (error) {
      throw migrationFailed(migration.name, error);
    }
    await connection.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      migration.hash,
      migration.createdAt,
    ]);
  }
  return { applied: [...state.pending], pending: [] };
}

async function migrateOn(
  connection: PostgresConnection,
  options: MigratePostgresOptions,
): Promise<MigrationResult> {
  await connection.query('begin');
  try {
    // Before the journal is read, and held to the commit: of many starters one applies and the others find it done.
    await connection.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    const result = await migrateLocked(connection, options);
    await connection.query('commit');
    return result;
  } catch (error) {
    await connection.query('rollback');
    throw error;
  }
}

/**
 * Brings a PostgreSQL database to this version. All or nothing, and safe to start many times at once. Fails when a newer
 * version made the database and when a migration was edited after it had been applied.
 */
export async function migratePostgres(options: MigratePostgresOptions): Promise<MigrationResult> {
  const { database } = options;
  if (typeof database !== 'string') return migrateOn(database, options);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return await migrateOn(client, options);
  } finally {
    await client.end();
  }
}
