import type { BlobStore } from '@vitrine/core';
import { createChunkedBlobStore } from './chunked-blob-store.ts';
import { createSqliteChunkStore } from './sqlite-chunk-store.ts';

export interface DatabaseBlobStoreOptions {
  /** A SQLite file of its own, apart from the rows: it has another size, another backup and another writer. */
  readonly file: string;
  /** Bytes that the file may grow to (unlimited); beyond it `put` fails with `storage_full`. */
  readonly maxFileBytes?: number;
  /** Called when there is no room even to delete; true: some was made, and it is tried once more. */
  readonly makeRoom?: () => Promise<boolean>;
}

/** Blobs of at most `databaseBlobMaxBytes` in a SQLite file. Rejects when the file cannot be opened or is another program's. */
export async function createDatabaseBlobStore(options: DatabaseBlobStoreOptions): Promise<BlobStore> {
  return createChunkedBlobStore(await createSqliteChunkStore(options));
}
