import { AppError } from '@vitrine/core';
import Sqlite, { type Database as Connection } from 'better-sqlite3';

const journal = '__drizzle_migrations';

/** Rows of each table but the journal, by the table's name. */
export function countRows(connection: Connection): Map<string, number> {
  const tables = connection
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '${journal}'`,
    )
    .pluck()
    .all();
  const count = (table: string) =>
    connection
      .prepare<[], number>(`select count(*) from "${table.replaceAll('"', '""')}"`)
      .pluck()
      .get() ?? 0;
  return new Map(tables.map((table) => [table, count(table)]));
}

/** One line for each row that points at nothing. */
export function danglingReferences(connection: Connection): Set<string> {
  const violations: unknown = connection.pragma('foreign_key_check');
  return new Set(Array.isArray(violations) ? violations.map((violation) => JSON.stringify(violation)) : []);
}

/** Whether SQLite says that the file itself is at fault. */
export function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
}

function assertIntact(connection: Connection): void {
  const found: unknown = connection.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new AppError('unavailable', `'${connection.name}' is damaged: ${String(found)}`);
}

export interface SoundnessOptions {
  readonly file: string;
  /** Rows that each table must have; those of others do not matter. */
  readonly rows?: ReadonlyMap<string, number>;
}

function assertSound({ file, rows = new Map() }: SoundnessOptions): void {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    assertIntact(connection);
    const found = countRows(connection);
    for (const [table, count] of rows) {
      if (found.get(table) !== count) {
        throw new AppError(
          'unavailable',
          `'${table}' has ${found.get(table) ?? 'no'} rows instead of ${count}.`,
        );
      }
    }
  } finally {
    connection.close();
  }
}

/**
 * Reads a database as a stranger would, every page of it. Answers null when it is whole and holds the rows that it should, and
 * otherwise what is wrong.
 */
export function unsoundness(options: SoundnessOptions): unknown {
  try {
    assertSound(options);
    return null;
  } catch (error) {
    return error;
  }
}

/** Fails when a copy shows that the database it was made of is not sound: what is judged afterwards would be judged by it. */
export function assertCopySound(options: SoundnessOptions): void {
  const found = unsoundness(options);
  if (found === null) return;
  throw new AppError(
    'unavailable',
    `The database is not sound as it is, so it is not migrated. Nothing was changed. Found: ${found instanceof Error ? found.message : String(found)}`,
    { cause: found },
  );
}
