import { AppError, type AuditMark, type BlobRow } from '@vitrine/core';
import { sha256Schema } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { appliedInSqlite } from '../migrate/sqlite-journal.ts';
import { copySqlite } from '../migrate/sqlite-snapshot.ts';
import { countRows, danglingReferences } from '../migrate/sqlite-soundness.ts';
import { migrationsFolder, readMigrations } from '../migration-files.ts';
import { assertNotNewer, migrationState } from '../migration-state.ts';

/** Copies what is committed into a new file of one moment, durably, while others go on writing. */
export function backupSqlite({ file, to }: { readonly file: string; readonly to: string }): void {
  copySqlite(file, to);
}

/** A copy of a database, opened to be read. */
export interface SqliteBackup extends Disposable {
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The newest migration that it has. */
  readonly migration: string;
  /** The last event of its audit log. */
  readonly auditHead: AuditMark | null;
  /** Every blob but those whose bytes were being deleted. */
  blobs(): Iterable<BlobRow>;
  /** Files that were refused and are kept. */
  quarantined(): Iterable<Pick<BlobRow, 'sha256' | 'size'>>;
}

const blobsSql = 'select sha256, size, store from blobs where deleting_at is null order by sha256';
const quarantinedSql =
  'select sha256, max(size) as size from quarantined_files group by sha256 order by sha256';

function assertSound(connection: Sqlite.Database): void {
  const found: unknown = connection.pragma('integrity_check(3)');
  const lines = Array.isArray(found) ? found.map((line) => Object.values(Object(line)).join()) : [];
  if (lines.join() !== 'ok')
    throw new AppError('unavailable', `The copy of the database is damaged: ${lines.join('; ')}`);
  const dangling = danglingReferences(connection);
  if (dangling.size > 0) {
    throw new AppError(
      'unavailable',
      `${dangling.size} rows of the copy point at nothing, such as ${[...dangling][0]}.`,
    );
  }
}

/**
 * Opens a copy and reads all of it. Fails with `unavailable` when it is damaged, or was made by a newer version than this one, and with
 * `invalid_input` when it is no database of Vitrine.
 */
export function openSqliteBackup(file: string): SqliteBackup {
  using opened = new DisposableStack();
  const connection = opened.adopt(new Sqlite(file, { readonly: true, fileMustExist: true }), (one) =>
    one.close(),
  );
  assertSound(connection);
  const applied = appliedInSqlite(connection);
  const known = readMigrations(migrationsFolder('sqlite'));
  const state = migrationState(known, applied);
  assertNotNewer(state);
  const newest = known.findLast(({ createdAt }) => applied.some((one) => one.createdAt === createdAt));
  if (!newest) throw new AppError('invalid_input', `${file} is no database of Vitrine.`);
  const head = connection
    .prepare<[], AuditMark>('select seq, hash from audit_events order by seq desc limit 1')
    .get();
  const read = <T extends { sha256: string }>(sql: string) =>
    [...connection.prepare<[], T>(sql).all()].map((row) => ({
      ...row,
      sha256: sha256Schema.parse(row.sha256),
    }));
  const parts = opened.move();
  return {
    rows: Object.fromEntries(countRows(connection)),
    migration: newest.name,
    auditHead: head ?? null,
    blobs: () => read<{ sha256: string; size: number; store: BlobRow['store'] }>(blobsSql),
    quarantined: () => read<{ sha256: string; size: number }>(quarantinedSql),
    [Symbol.dispose]: () => parts.dispose(),
  };
}
