import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { type Migration, migrationsFolder, readMigrations } from './migration-files.ts';
import {
  type AppliedMigration,
  assertNotNewer,
  type MigrationResult,
  migrationState,
} from './migration-state.ts';

export interface MigrateSqliteOptions {
  readonly file: string;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
  /** Changes nothing and lists what would be applied. */
  readonly dryRun?: boolean;
}

/** How long a starter waits for another one's migration, in milliseconds. */
const lockTimeoutMs = 120_000;
const ownerOnly = 0o600;
const journal = '__drizzle_migrations';

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** What the journal lists; empty when there is none yet. */
export function appliedInSqlite(connection: Connection): AppliedMigration[] {
  const exists = connection
    .prepare("select 1 from sqlite_master where type = 'table' and name = ?")
    .get(journal);
  if (!exists) return [];
  return connection
    .prepare<[], AppliedMigration>(`select hash, created_at as createdAt from ${journal} order by created_at`)
    .all();
}

function countRows(connection: Connection): Map<string, number> {
  const tables = connection
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '${journal}'`,
    )
    .pluck()
    .all();
  const count = (table: string) =>
    connection
      .prepare<[], number>(`select count(*) from ${quote(table)}`)
      .pluck()
      .get() ?? 0;
  return new Map(tables.map((table) => [table, count(table)]));
}

function danglingReferences(connection: Connection): Set<string> {
  const violations: unknown = connection.pragma('foreign_key_check');
  return new Set(Array.isArray(violations) ? violations.map((violation) => JSON.stringify(violation)) : []);
}

/** A rebuilt table must hold as many rows as before, and no row may point at nothing: a rebuild that cascades says "done" too. */
function assertNothingLost(
  connection: Connection,
  before: { rows: Map<string, number>; dangling: Set<string> },
  mayChange: ReadonlySet<string>,
): void {
  const after = countRows(connection);
  for (const [table, count] of before.rows) {
    const now = after.get(table) ?? 0;
    if (now !== count && !mayChange.has(table)) {
      throw new Error(
        `The migration would leave ${now} of ${count} rows in '${table}'. Nothing was changed. If that is meant, say so in the file: -- rows may change: ${table}`,
      );
    }
  }
  const dangling = [...danglingReferences(connection)].filter((violation) => !before.dangling.has(violation));
  if (dangling.length > 0) {
    throw new Error(
      `The migration would leave ${dangling.length} row(s) that point at nothing, such as ${dangling[0]}. Nothing was changed.`,
    );
  }
}

/** Copies the database beside itself, durably, before it is changed. The write lock is held, so the copy is what is migrated. */
function snapshot(file: string, copy: string): void {
  // Made first, so that it is never readable by others, not even while it is written; SQLite takes an empty file.
  closeSync(openSync(copy, 'wx', ownerOnly));
  const reader = new Sqlite(file, { readonly: true });
  try {
    reader.prepare('vacuum into ?').run(copy);
  } finally {
    reader.close();
  }
  sync(copy, 'r+');
  // Its name too has to survive a power cut.
  sync(path.dirname(copy), 'r');
}

function sync(file: string, mode: 'r' | 'r+'): void {
  const descriptor = openSync(file, mode);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the file when it is missing, and takes it from everybody but its owner; SQLite gives its companions the same mode. */
function keepPrivate(file: string): void {
  // Never opened when it is there: closing it would drop the locks that this process holds on it.
  if (!existsSync(file)) closeSync(openSync(file, 'a', ownerOnly));
  for (const name of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(name)) chmodSync(name, ownerOnly);
}

function apply(connection: Connection, migrations: readonly Migration[]): void {
  connection.exec(
    `create table if not exists ${journal} (id integer primary key autoincrement, hash text not null, created_at numeric)`,
  );
  const record = connection.prepare(`insert into ${journal} (hash, created_at) values (?, ?)`);
  for (const migration of migrations) {
    try {
      for (const statement of migration.statements) connection.exec(statement);
    } catch (error) {
      throw new Error(`The migration ${migration.name} failed; nothing was changed.`, { cause: error });
    }
    record.run(migration.hash, migration.createdAt);
  }
}

function migrateLocked(connection: Connection, options: MigrateSqliteOptions): MigrationResult {
  const known = readMigrations(options.folder ?? migrationsFolder('sqlite'));
  const state = migrationState(known, appliedInSqlite(connection));
  assertNotNewer(state);
  const [next] = state.todo;
  if (options.dryRun || !next) return { applied: [], pending: [...state.pending] };
  const before = { rows: countRows(connection), dangling: danglingReferences(connection) };
  const copy = `${options.file}.before-${next.name}-${Date.now()}`;
  try {
    if ([...before.rows.values()].some((count) => count > 0)) snapshot(options.file, copy);
    apply(connection, state.todo);
    assertNothingLost(connection, before, new Set(state.todo.flatMap(({ mayChangeRows }) => mayChangeRows)));
  } catch (error) {
    // The file stays as it was; a server that is started again and again would fill the disk with copies of it.
    rmSync(copy, { force: true });
    throw error;
  }
  return { applied: [...state.pending], pending: [] };
}

/**
 * Brings a SQLite file to this version, making it when it is missing. All or nothing, and safe to start many times at once:
 * one lock covers reading the journal and applying. A file with data is copied beside itself first. Fails when a newer
 * version made the file, when a migration was edited after it had been applied, and when rows would get lost.
 */
export async function migrateSqlite(options: MigrateSqliteOptions): Promise<MigrationResult> {
  if (options.dryRun && !existsSync(options.file)) {
    const known = readMigrations(options.folder ?? migrationsFolder('sqlite'));
    return { applied: [], pending: known.map(({ name }) => name) };
  }
  mkdirSync(path.dirname(options.file), { recursive: true, mode: 0o700 });
  keepPrivate(options.file);
  const connection = new Sqlite(options.file, { timeout: lockTimeoutMs });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    // Before BEGIN, where it still has an effect: a rebuild drops the old table, which would cascade to its children.
    connection.pragma('foreign_keys = OFF');
    connection.exec('begin immediate');
    const result = migrateLocked(connection, options);
    connection.exec('commit');
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback');
    throw error;
  } finally {
    connection.close();
  }
}
