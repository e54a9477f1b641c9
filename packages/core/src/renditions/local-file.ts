import type { Sha256 } from '@vitrine/schema';
import type { BlobStore, StagingArea } from '../ports/blob-store.ts';

interface Wanted {
  readonly store: BlobStore;
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  readonly signal?: AbortSignal;
}

/**
 * Lends a local file with a blob's bytes to programs that need one: the blob itself where the store keeps it on a local
 * disk, otherwise a copy that is gone afterwards. Fails when the copy has other bytes than the blob's name says.
 */
export async function withLocalFile<T>(
  staging: StagingArea,
  { store, sha256, size, signal }: Wanted,
  work: (path: string) => Promise<T>,
): Promise<T> {
  if (store.pathOf) return work(store.pathOf(sha256));
  const copy = await staging.receive(await store.open(sha256), {
    maxBytes: size,
    ...(signal && { signal }),
  });
  try {
    if (copy.sha256 !== sha256) throw new Error(`The ${store.name} store gave other bytes for ${sha256}.`);
    return await work(copy.path);
  } finally {
    await staging.discard(copy);
  }
}
