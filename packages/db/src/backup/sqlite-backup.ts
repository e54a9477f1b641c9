import { AppError, type AuditMark, type BlobRow } from '@vitrine/core';
import { sha256Schema } from '@vitrine/schema';
import Sqlite from 'better-sqlite3';
import { appliedInSqlite } from '../migrate/sqlite-journal.ts';
import { copySqlite } from '../migrate/sqlite-snapshot.ts';
import { countRows, danglingReferences } from '../migrate/sqlite-soundness.ts';
import { copyQueries, type DatabaseCopy } from './database-copy.ts';
import { newestMigration } from './newest-migration.ts';

function assertSound(connection: Sqlite.Database): void {
  const found: unknown = connection.pragma('integrity_check(3)');
  const lines = Array.isArray(found) ? found.map((line) => Object.values(Object(line)).join()) : [];
  if (lines.join() !== 'ok') {
    throw new AppError('unavailable', `The copy of the database is damaged: ${lines.join('; ')}`);
  }
  const dangling = danglingReferences(connection);
  if (dangling.size > 0) {
    throw new AppError(
      'unavailable',
      `${dangling.size} rows of the copy point at nothing, such as ${[...dangling][0]}.`,
    );
  }
}

/**
 * Reads all of a copy. Fails with `unavailable` when it is damaged, or was made by a newer version than this one, and with `invalid_input`
 * when it is no database of Vitrine.
 */
export function readSqliteCopy(file: string): DatabaseCopy {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    assertSound(connection);
    const read = <T extends { sha256: string }>(sql: string) =>
      connection
        .prepare<[], T>(sql)
        .all()
        .map((row) => ({ ...row, sha256: sha256Schema.parse(row.sha256) }));
    return {
      rows: Object.fromEntries(countRows(connection)),
      migration: newestMigration('sqlite', appliedInSqlite(connection)),
      auditHead: connection.prepare<[], AuditMark>(copyQueries.auditHead).get() ?? null,
      blobs: read<{ sha256: string; size: number; store: BlobRow['store'] }>(copyQueries.blobs),
      quarantined: read<{ sha256: string; size: number }>(copyQueries.quarantined),
    };
  } finally {
    connection.close();
  }
}

/** Copies what is committed into a new file of one moment, durably, while others go on writing. */
export function copySqliteDatabase({
  file,
  to,
}: {
  readonly file: string;
  readonly to: string;
}): DatabaseCopy {
  copySqlite(file, to);
  return readSqliteCopy(to);
}
