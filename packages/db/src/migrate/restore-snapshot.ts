import { existsSync } from 'node:fs';
import { AppError } from '@vitrine/core';
import Sqlite from 'better-sqlite3';
import { migrationsFolder, readMigrations } from '../migration-files.ts';
import { putBack } from './put-back.ts';
import { appliedInSqlite } from './sqlite-journal.ts';
import { snapshotsOf } from './sqlite-snapshot.ts';
import { unsoundness } from './sqlite-soundness.ts';
import { forgetUnjudged } from './unjudged.ts';

export interface RestoreSnapshotOptions {
  /** The database that is replaced; it may be missing. */
  readonly file: string;
  /** What it is to be again. Default: the newest snapshot beside it. */
  readonly snapshot?: string;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
}

export interface RestoredSnapshot {
  readonly snapshot: string;
  /** Where the database that was there is kept; null when there was none. */
  readonly aside: string | null;
  /** Migrations of this version that the database lacks now, as it did before them. */
  readonly lacks: readonly string[];
  /** How long it took, in milliseconds. */
  readonly tookMs: number;
}

/** Which migrations a snapshot lacks. Fails when it is damaged or no database of ours. */
function lacking(snapshot: string, folder: string): string[] {
  const found = unsoundness({ file: snapshot });
  if (found !== null) {
    throw new AppError('unavailable', `The snapshot '${snapshot}' cannot be used; nothing was changed.`, {
      cause: found,
    });
  }
  const connection = new Sqlite(snapshot, { readonly: true });
  try {
    const applied = new Set(appliedInSqlite(connection).map(({ createdAt }) => createdAt));
    if (applied.size === 0) {
      throw new AppError(
        'invalid_input',
        `'${snapshot}' is no snapshot of a Vitrine database; nothing was changed.`,
      );
    }
    return readMigrations(folder).flatMap(({ name, createdAt }) => (applied.has(createdAt) ? [] : [name]));
  } finally {
    connection.close();
  }
}

/** Fails while any other connection has the file open; afterwards it is one file, without a log. */
function assertUnused(file: string): void {
  let connection: ReturnType<typeof Sqlite> | undefined;
  try {
    connection = new Sqlite(file, { timeout: 1000, fileMustExist: true });
    connection.pragma('journal_mode = DELETE');
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'in_use',
        `Something has '${file}' open. Stop every Vitrine on it first; nothing was changed.`,
      );
    }
    // A damaged file is what a snapshot is for.
  } finally {
    connection?.close();
  }
}

/**
 * Goes back to the database from before a migration. Nobody may have the database open. What it is now is set aside, with all that
 * was written since. Fails, with nothing changed, when the snapshot is damaged or the database is in use.
 */
export async function restoreSnapshot(options: RestoreSnapshotOptions): Promise<RestoredSnapshot> {
  const { file, snapshot = snapshotsOf(file)[0]?.file, folder = migrationsFolder('sqlite') } = options;
  const began = performance.now();
  if (snapshot === undefined || !existsSync(snapshot)) {
    throw new AppError(
      'not_found',
      `There is no snapshot ${snapshot ?? `beside '${file}'`}; nothing was changed.`,
    );
  }
  const lacks = lacking(snapshot, folder);
  const existed = existsSync(file);
  if (existed) assertUnused(file);
  const aside = await putBack(file, snapshot);
  forgetUnjudged(file);
  return { snapshot, aside: existed ? aside : null, lacks, tookMs: performance.now() - began };
}
