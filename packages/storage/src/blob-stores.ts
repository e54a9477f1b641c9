import type { BlobStore, BlobStores } from '@vitrine/core';
import { databaseBlobMaxBytes } from './chunked-blob-store.ts';

export interface BlobStoresOptions {
  readonly disk: BlobStore;
  readonly database: BlobStore;
  /** Where new bytes go by default. */
  readonly default: 'disk' | 'database';
  /** Bytes. With the default 'disk', blobs up to this size go to the database; 0 keeps all but empty ones on disk. */
  readonly inlineMax: number;
}

/**
 * The stores of an installation. With the default 'disk', small blobs go to the database and the others to disk; with
 * 'database', everything up to `databaseBlobMaxBytes` goes to the database and only what is larger to disk.
 */
export function createBlobStores(options: BlobStoresOptions): BlobStores {
  const { disk, database, inlineMax } = options;
  const largestInDatabase =
    options.default === 'database' ? databaseBlobMaxBytes : Math.min(inlineMax, databaseBlobMaxBytes);
  return tiers([database, disk], (size) => (size <= largestInDatabase ? database : disk));
}

/** One store for everything. */
export function createSingleBlobStore(store: BlobStore): BlobStores {
  return tiers([store], () => store);
}

function tiers(stores: readonly BlobStore[], storeFor: (size: number) => BlobStore): BlobStores {
  return {
    all: stores,
    storeFor,
    byName(name) {
      const store = stores.find((one) => one.name === name);
      if (!store) throw new Error(`A blob lies in the store '${name}', which is not configured here.`);
      return store;
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}
