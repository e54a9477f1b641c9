import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { chunkBytes } from './chunk-store.ts';
import { errorCode } from './error-code.ts';
import { openSqliteChunkDatabase, type SqliteChunkFile } from './sqlite-chunk-database.ts';
import type { ChunkMessage, ChunkReply, ChunkRequest } from './sqlite-chunk-request.ts';

/**
 * The thread that writes: SQLite's calls and its fsync wait where they stand, and 16 MB of them would hold up every request of
 * the server. Requests come one by one, so the writes of a process never meet each other's lock.
 */
const file: SqliteChunkFile = workerData;
const database = openSqliteChunkDatabase(file);
const find = database.prepare('select id from blob where sha256 = ?');
const addBlob = database.prepare('insert into blob (sha256, size) values (?, ?)');
const addChunk = database.prepare('insert into chunk (blob_id, position, data) values (?, ?, ?)');
const remove = database.prepare('delete from blob where sha256 = ?');

const insertRows = database.transaction((sha256: string, bytes: Buffer) => {
  if (find.get(sha256)) return false;
  const { lastInsertRowid } = addBlob.run(sha256, bytes.length);
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    addChunk.run(lastInsertRowid, offset / chunkBytes, bytes.subarray(offset, offset + chunkBytes));
  }
  return true;
});

/** Where damaged bytes are kept: made when there are some for the first time. */
const asideTable = `
  create table if not exists damaged_chunk (
    sha256 text not null, found_at integer not null, position integer not null, data blob not null
  ) strict`;

const replaceRows = database.transaction((sha256: string, bytes: Buffer) => {
  const stored = database
    .prepare<[string], Buffer>(
      'select data from chunk join blob on id = blob_id where sha256 = ? order by position',
    )
    .pluck()
    .all(sha256);
  if (stored.length > 0 && hashOf(Buffer.concat(stored)) === sha256) return false;
  if (stored.length > 0) {
    database.exec(asideTable);
    database
      .prepare(
        'insert into damaged_chunk select sha256, ?, position, data from chunk join blob on id = blob_id where sha256 = ?',
      )
      .run(Date.now(), sha256);
  }
  remove.run(sha256);
  return insertRows(sha256, bytes);
});

/**
 * Where the pages of the old bytes cannot even be walked, which deleting or copying them would do: they stay in the file as they
 * are, belonging to no blob, and the new ones get rows of their own.
 */
function replaceUnreadable(sha256: string, bytes: Buffer): boolean {
  // Not possible within a transaction; without it the chunks would go with their blob.
  database.pragma('foreign_keys = off');
  try {
    return forgetAndInsert.immediate(sha256, bytes);
  } finally {
    database.pragma('foreign_keys = on');
  }
}

const forgetAndInsert = database.transaction((sha256: string, bytes: Buffer) => {
  remove.run(sha256);
  return insertRows(sha256, bytes);
});

function replace(sha256: string, bytes: Buffer): boolean {
  try {
    return replaceRows.immediate(sha256, bytes);
  } catch (error) {
    if (errorCode(error)?.startsWith('SQLITE_CORRUPT')) return replaceUnreadable(sha256, bytes);
    throw error;
  }
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Read before the transaction: no file is waited for while the write lock is held. */
function stagedBytes({ sha256, size, path }: Extract<ChunkRequest, { path: string }>): Buffer {
  const bytes = readFileSync(path);
  if (bytes.length === size && hashOf(bytes) === sha256) return bytes;
  throw new Error(`The staged file of ${sha256} no longer holds its bytes.`);
}

/** Few enough that the log does not grow by more than a few megabytes, on a disk that may be full. */
const pagesAtOnce = 1000;

/** Gives the room of what was deleted back to the file system, so that other files may have it. */
function giveBack(): void {
  try {
    for (let free = freePages(); free > 0; ) {
      database.pragma(`incremental_vacuum(${pagesAtOnce})`);
      database.pragma('wal_checkpoint(passive)');
      const left = freePages();
      if (left >= free) return;
      free = left;
    }
  } catch {
    // Deleted it is; the pages that are still in the file are for later blobs.
  }
}

const freePages = () => Number(database.pragma('freelist_count', { simple: true }));

function run(request: ChunkRequest): boolean {
  switch (request.kind) {
    case 'insert': {
      if (find.get(request.sha256)) return false;
      return insertRows.immediate(request.sha256, stagedBytes(request));
    }
    case 'replace':
      return replace(request.sha256, stagedBytes(request));
    case 'delete': {
      const removed = remove.run(request.sha256).changes > 0;
      if (removed) giveBack();
      return removed;
    }
    case 'close':
      database.close();
      return false;
    default:
      return request satisfies never;
  }
}

function answer({ id, request }: ChunkMessage): ChunkReply {
  try {
    return { id, changed: run(request) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: { message, code: errorCode(error) } };
  }
}

parentPort?.on('message', (message: ChunkMessage) => parentPort?.postMessage(answer(message)));
