import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@vitrine/core';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { changeSqlite } from './migrate/change-sqlite.ts';
import { ownerOnly } from './migrate/durable-file.ts';
import { putBack } from './migrate/put-back.ts';
import { driftOn } from './migrate/sqlite-drift.ts';
import { appliedInSqlite } from './migrate/sqlite-journal.ts';
import { pruneSnapshots, takeSnapshot } from './migrate/sqlite-snapshot.ts';
import { assertCopySound, countRows, isDamage, unsoundness } from './migrate/sqlite-soundness.ts';
import { forgetUnjudged, noteUnjudged, type Unjudged, unjudgedOf } from './migrate/unjudged.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { assertNotNewer, type MigrationResult, migrationState } from './migration-state.ts';

export interface MigrateSqliteOptions {
  readonly file: string;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
  /** Called between the commit and the look at what was committed; tests break the file here. */
  readonly onCommitted?: () => void;
}

/** How long a starter waits for another one's migration, in milliseconds. */
const lockTimeoutMs = 120_000;

/** Makes the file when it is missing, and takes it from everybody but its owner; SQLite gives its companions the same mode. */
function keepPrivate(file: string): void {
  // Never opened when it is there: closing it would drop the locks that this process holds on it.
  if (!existsSync(file)) closeSync(openSync(file, 'a', ownerOnly));
  for (const name of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(name)) chmodSync(name, ownerOnly);
}

/** What was committed, until it has been found sound. */
interface Committed {
  readonly result: MigrationResult;
  readonly snapshot: string | null;
  readonly rows: ReadonlyMap<string, number>;
  /** Changes when another connection commits. */
  readonly version: unknown;
}

/** Applies what is missing inside the caller's transaction; null when nothing is. */
function migrateLocked(connection: Connection, { file, folder }: MigrateSqliteOptions): Committed | null {
  const known = readMigrations(folder ?? migrationsFolder('sqlite'));
  const state = migrationState(known, appliedInSqlite(connection));
  assertNotNewer(state);
  const [next] = state.todo;
  if (!next) return null;
  const drift = driftOn(connection, known);
  const rows = countRows(connection);
  const hasRows = [...rows.values()].some((count) => count > 0);
  const snapshot = hasRows ? takeSnapshot(file, next.name) : null;
  try {
    if (snapshot) assertCopySound({ file: snapshot, rows });
    noteUnjudged(file, { snapshot: snapshot && path.basename(snapshot), firstAt: next.createdAt });
    changeSqlite(connection, state.todo, drift);
    return {
      result: { applied: [...state.pending] },
      snapshot,
      rows: countRows(connection),
      version: connection.pragma('data_version', { simple: true }),
    };
  } catch (error) {
    // The file stays as it was; a server that is started again and again would fill the disk with copies of it.
    if (snapshot) rmSync(snapshot, { force: true });
    forgetUnjudged(file);
    throw error;
  }
}

/** Opens the connection that migrates, with nobody else writing until it is closed or commits. */
function openLocked(file: string): Connection {
  const connection = new Sqlite(file, { timeout: lockTimeoutMs });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    // Before BEGIN, where it still has an effect: a rebuild drops the old table, which would cascade to its children.
    connection.pragma('foreign_keys = OFF');
    connection.exec('begin immediate');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Puts the snapshot back where what was committed is not sound, and says so. */
async function undo(file: string, snapshot: string | null, found: unknown): Promise<never> {
  if (!snapshot) throw found;
  const aside = await putBack(file, snapshot);
  forgetUnjudged(file);
  throw new AppError(
    'unavailable',
    `The migrated database was not sound, so it is again what it was before; the other is kept as '${aside}'. Look at the disk before another try. Found: ${found instanceof Error ? found.message : String(found)}`,
    { cause: found },
  );
}

/** Whether the migrations of the note were committed. */
function wasCommitted(connection: Connection, { firstAt }: Unjudged): boolean {
  return appliedInSqlite(connection).some(({ createdAt }) => createdAt === firstAt);
}

/** Finishes for a process that ended between the start of its migration and the look at what it had committed. */
async function judgeForAnother(file: string): Promise<void> {
  const left = unjudgedOf(file);
  if (!left) return;
  const snapshot = left.snapshot && path.join(path.dirname(file), left.snapshot);
  let found: unknown = null;
  let connection: Connection | undefined;
  try {
    connection = openLocked(file);
    // Gone by now when the process that wrote it has only been slow.
    if (!unjudgedOf(file)) return;
    if (wasCommitted(connection, left)) found = unsoundness({ file });
    else if (snapshot) rmSync(snapshot, { force: true });
    if (found === null) forgetUnjudged(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    found = error;
  } finally {
    connection?.close();
  }
  if (found !== null) await undo(file, snapshot, found);
}

/** Reads again what was committed, with nobody else writing. Answers what is wrong, or null. */
function lookAgain(connection: Connection, file: string, { rows, version }: Committed): unknown {
  try {
    connection.exec('begin immediate');
    // Who came in between, which is hardly possible, may have added rows.
    const alone = version === connection.pragma('data_version', { simple: true });
    const found = unsoundness({ file, rows: alone ? rows : new Map() });
    if (found !== null) return found;
    forgetUnjudged(file);
    pruneSnapshots(file);
    connection.exec('rollback');
    return null;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return error;
  }
}

/**
 * Brings a SQLite file to this version, making it when it is missing. All or nothing, and safe to start many times at once:
 * one lock covers reading the journal and applying. A file with data is copied beside itself first; what was committed is read
 * again in full, and if that fails the copy is put back. Fails when a newer version made the file, when a migration was edited
 * after it had been applied, and when rows would get lost.
 */
export async function migrateSqlite(options: MigrateSqliteOptions): Promise<MigrationResult> {
  const { file } = options;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  keepPrivate(file);
  await judgeForAnother(file);
  const connection = openLocked(file);
  let committed: Committed | null;
  let found: unknown = null;
  try {
    committed = migrateLocked(connection, options);
    connection.exec('commit');
    if (!committed) return { applied: [] };
    options.onCommitted?.();
    found = lookAgain(connection, file, committed);
  } finally {
    // Rolls back what is open.
    connection.close();
  }
  return found === null ? committed.result : undo(file, committed.snapshot, found);
}
