import type { BlobStores, StagedBlob } from '../ports/blob-store.ts';
import type { Database } from '../ports/database.ts';
import type { BlobRow } from './blob-repository.ts';

/**
 * Makes staged bytes durable in the store they belong in, and answers the row that a transaction then ensures. Bytes that
 * are known stay in the store they are in; putting them again only makes sure of them.
 */
export async function storeStaged(
  { database, blobs }: { readonly database: Database; readonly blobs: BlobStores },
  staged: StagedBlob,
): Promise<BlobRow> {
  const known = await database.read((readers) => readers.blobs.find(staged.sha256));
  const store = known ? blobs.byName(known.store) : blobs.storeFor(staged.size);
  await store.put(staged);
  return { sha256: staged.sha256, size: staged.size, store: store.name };
}
