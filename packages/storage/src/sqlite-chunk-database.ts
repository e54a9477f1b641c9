import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';

export interface SqliteChunkFile {
  readonly file: string;
  /** Bytes that the file may grow to; unlimited unless given. */
  readonly maxFileBytes?: number | undefined;
}

const schemaVersion = 1;
const pageBytes = 4096;

const schema = `
  create table if not exists blob (
    id integer primary key autoincrement,
    sha256 text not null unique check (length(sha256) = 64),
    size integer not null check (size >= 0)
  ) strict;
  create table if not exists chunk (
    blob_id integer not null references blob (id) on delete cascade,
    position integer not null check (position >= 0),
    data blob not null,
    primary key (blob_id, position)
  ) strict;
  pragma user_version = ${schemaVersion};
`;

/**
 * A connection to the file of chunks, which is made with mode 0600 when it is not there. Acknowledged means on stable storage:
 * turning WAL on lowers `synchronous`, so it is set afterwards and read back.
 */
export function openSqliteChunkDatabase({ file, maxFileBytes }: SqliteChunkFile): Database.Database {
  // SQLite gives its side files the mode of the main one.
  closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file, { timeout: 10_000 });
  try {
    database.pragma(`page_size = ${pageBytes}`);
    // Of a file that has no tables yet; one from before keeps its pages for later blobs.
    database.pragma('auto_vacuum = incremental');
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    database.pragma('foreign_keys = on');
    // After a burst of large blobs the log is cut back to this.
    database.pragma('journal_size_limit = 67108864');
    if (maxFileBytes !== undefined)
      database.pragma(`max_page_count = ${Math.floor(maxFileBytes / pageBytes)}`);
    if (database.pragma('synchronous', { simple: true }) !== 2) {
      throw new Error(`The blob database ${file} does not write durably (synchronous is not FULL).`);
    }
    createTables(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function createTables(database: Database.Database, file: string): void {
  const create = database.transaction(() => {
    const version = database.pragma('user_version', { simple: true });
    if (version === schemaVersion) return;
    if (version !== 0) {
      throw new Error(
        `The blob database ${file} has schema version ${version}; this program knows ${schemaVersion}.`,
      );
    }
    database.exec(schema);
  });
  create.immediate();
}
