import type { Sha256 } from '@vitrine/schema';
import { inPages } from '../gc/in-pages.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';

/** What lies in one store and should not. */
export interface Strays {
  readonly store: BlobStore;
  /** Bytes that no row knows. */
  readonly unknown: readonly Sha256[];
  /** Copies of bytes whose row says that they lie elsewhere, and that nobody is going to remove. */
  readonly copies: readonly Sha256[];
}

const pageSize = 1000;

/** Compares what the stores hold with the rows. What came while it looked is looked up again, so that an upload under way is no stray. */
export async function findStrays(
  { database, blobs }: Pick<ServiceDependencies, 'database' | 'blobs'>,
  signal?: AbortSignal,
): Promise<Strays[]> {
  async function sort(store: BlobStore, hashes: readonly Sha256[]): Promise<Omit<Strays, 'store'>> {
    const rows = await database.read((readers) => readers.examination.places(hashes));
    const known = new Map(rows.map((row) => [row.sha256, row]));
    return {
      unknown: hashes.filter((sha256) => !known.has(sha256)),
      copies: rows
        .filter((row) => row.store !== store.name && row.movedFrom !== store.name)
        .map(({ sha256 }) => sha256),
    };
  }

  const found: Strays[] = [];
  for (const store of blobs.all) {
    const suspects: Sha256[] = [];
    for await (const page of inPages(store.list(), pageSize)) {
      signal?.throwIfAborted();
      const { unknown, copies } = await sort(store, page);
      suspects.push(...unknown, ...copies);
    }
    const unknown: Sha256[] = [];
    const copies: Sha256[] = [];
    for (let at = 0; at < suspects.length; at += pageSize) {
      const still = await sort(store, suspects.slice(at, at + pageSize));
      unknown.push(...still.unknown);
      copies.push(...still.copies);
    }
    found.push({ store, unknown, copies });
  }
  return found;
}
