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

function run(request: ChunkRequest): boolean {
  switch (request.kind) {
    case 'insert': {
      const { sha256, size, path } = request;
      if (find.get(sha256)) return false;
      // Before the transaction: no file is waited for while the write lock is held.
      const bytes = readFileSync(path);
      if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256) {
        throw new Error(`The staged file of ${sha256} no longer holds its bytes.`);
      }
      return insertRows.immediate(sha256, bytes);
    }
    case 'delete':
      return remove.run(request.sha256).changes > 0;
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
