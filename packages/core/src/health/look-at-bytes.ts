import { createHash } from 'node:crypto';
import { BlobMissingError, type BlobStore } from '../ports/blob-store.ts';
import type { BlobDamage, BlobRow } from '../uploads/blob-repository.ts';
import type { Pace } from './pace.ts';

/** What a store says of bytes that its medium has lost. Anything else is trouble of the moment and tells nothing of the bytes. */
const lost = /^(EIO|SQLITE_CORRUPT|SQLITE_IOERR|SQLITE_NOTADB)/;

function isLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && lost.test(error.code);
}

/** Reads and hashes what is stored; null: it is right. Rejects when it cannot be known. */
export async function lookAtBytes(
  store: BlobStore,
  { sha256, size }: BlobRow,
  pace: Pace,
): Promise<BlobDamage | null> {
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const piece of await store.open(sha256)) {
      hash.update(piece);
      read += piece.length;
      await pace(piece.length);
    }
  } catch (error) {
    if (error instanceof BlobMissingError) return 'missing';
    if (isLost(error)) return 'unreadable';
    throw error;
  }
  if (read !== size) return 'wrong_size';
  return hash.digest('hex') === sha256 ? null : 'wrong_bytes';
}
