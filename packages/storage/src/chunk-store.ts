import type { Sha256 } from '@vitrine/schema';

/** Bytes of every chunk of a blob but the last, which has the rest. */
export const chunkBytes = 256 * 1024;

/** A blob that is there whole. `id` is never given twice, so it cannot come to mean another blob. */
export interface ChunkedBlob {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Blobs as numbered rows of `chunkBytes` in a database; what a dialect has to supply for the database blob store.
 *
 * `insert` reads the local file at `path` first and then adds blob and chunks in one transaction; it does nothing for a hash that
 * is there. It resolves when the rows would survive a power cut, and rejects when the file's bytes are not those of the hash.
 * `replace` is an `insert` that, in its transaction, first moves chunks with other bytes than those of the hash out of the way, to
 * where no hash leads; chunks that are right stay. `chunk` answers null when the blob has been deleted. `hashes` answers up to a page of hashes that sort behind `after`.
 * Errors are the driver's own.
 */
export interface ChunkStore {
  insert(blob: { sha256: Sha256; size: number; path: string }): Promise<void>;
  replace(blob: { sha256: Sha256; size: number; path: string }): Promise<void>;
  find(sha256: Sha256): Promise<ChunkedBlob | null>;
  chunk(id: number, position: number): Promise<Uint8Array | null>;
  delete(sha256: Sha256): Promise<boolean>;
  hashes(after: Sha256 | null): Promise<Sha256[]>;
  close(): Promise<void>;
}
