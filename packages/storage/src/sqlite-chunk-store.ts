import { resolve as absolute, dirname } from 'node:path';
import { type Sha256, sha256Schema } from '@vitrine/schema';
import type { ChunkedBlob, ChunkStore } from './chunk-store.ts';
import { syncDirectory } from './durable-directories.ts';
import { errorCode } from './error-code.ts';
import { nodeFileSystem } from './file-system.ts';
import { openSqliteChunkDatabase, type SqliteChunkFile } from './sqlite-chunk-database.ts';
import { createSqliteChunkThread } from './sqlite-chunk-thread.ts';

export interface SqliteChunkStoreOptions extends SqliteChunkFile {
  /** Called when there is no room even to delete; true: some was made, and it is tried once more. */
  readonly makeRoom?: () => Promise<boolean>;
}

const hashesPerPage = 1000;

/**
 * Chunks in a SQLite file of their own. Reads happen on the calling thread, at most one chunk at a time (well under a
 * millisecond, and a thread's round trip would cost a thumbnail more than that); writes happen on a thread.
 */
export async function createSqliteChunkStore({
  makeRoom,
  ...options
}: SqliteChunkStoreOptions): Promise<ChunkStore> {
  const file = { ...options, file: absolute(options.file) };
  await nodeFileSystem.mkdir(dirname(file.file), { recursive: true, mode: 0o700 });
  const reader = openSqliteChunkDatabase(file);
  reader.pragma('query_only = on');
  await syncDirectory(nodeFileSystem, dirname(file.file));
  const thread = createSqliteChunkThread(file);

  const find = reader.prepare<[string], ChunkedBlob>('select id, size from blob where sha256 = ?');
  const chunk = reader
    .prepare<[number, number], Buffer>('select data from chunk where blob_id = ? and position = ?')
    .pluck();
  const hashes = reader
    .prepare<[string, number], string>('select sha256 from blob where sha256 > ? order by sha256 limit ?')
    .pluck();

  return {
    async insert({ sha256, size, path }) {
      await thread.run({ kind: 'insert', sha256, size, path });
    },
    async replace({ sha256, size, path }) {
      await thread.run({ kind: 'replace', sha256, size, path });
    },
    find: async (sha256) => find.get(sha256) ?? null,
    chunk: async (id, position) => chunk.get(id, position) ?? null,
    delete: (sha256) =>
      thread.run({ kind: 'delete', sha256 }).catch(async (error: unknown) => {
        if (errorCode(error) !== 'SQLITE_FULL' || !(await makeRoom?.())) throw error;
        return thread.run({ kind: 'delete', sha256 });
      }),
    hashes: async (after: Sha256 | null) =>
      hashes.all(after ?? '', hashesPerPage).map((hash) => sha256Schema.parse(hash)),
    async close() {
      reader.close();
      await thread.close();
    },
  };
}
