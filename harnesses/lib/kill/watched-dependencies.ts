import type { BlobStore, BlobStores, Database, ServiceDependencies } from '@vitrine/core';
import { around, type OnPoint } from './fail-points.ts';

function watchedStore(store: BlobStore, onPoint: OnPoint): BlobStore {
  return {
    ...store,
    put: (staged) => around('blobs.put', onPoint, () => store.put(staged)),
    delete: (sha256) => around('blobs.delete', onPoint, () => store.delete(sha256)),
  };
}

function watchedStores(stores: BlobStores, onPoint: OnPoint): BlobStores {
  const watched = new Map(stores.all.map((store) => [store.name, watchedStore(store, onPoint)]));
  const of = (store: BlobStore) => watched.get(store.name) ?? store;
  return {
    all: stores.all.map(of),
    storeFor: (size) => of(stores.storeFor(size)),
    byName: (name) => of(stores.byName(name)),
    close: () => stores.close(),
  };
}

function watchedDatabase(database: Database, onPoint: OnPoint): Database {
  return {
    ...database,
    transaction: (work) =>
      around('transaction', onPoint, () =>
        database.transaction(async (writers) => {
          const result = await work(writers);
          onPoint('transaction:middle');
          return result;
        }),
      ),
  };
}

/** The same parts, with somebody told of each step that matters when a process dies. */
export function watchedDependencies(real: ServiceDependencies, onPoint: OnPoint): ServiceDependencies {
  const { staging, partials } = real;
  return {
    ...real,
    database: watchedDatabase(real.database, onPoint),
    blobs: watchedStores(real.blobs, onPoint),
    staging: {
      ...staging,
      receive: (source, options) =>
        around('staging.receive', onPoint, () => staging.receive(source, options)),
    },
    partials: {
      ...partials,
      append: (id, source, options) =>
        around('partials.append', onPoint, () => partials.append(id, source, options)),
      complete: (id, length) => around('partials.complete', onPoint, () => partials.complete(id, length)),
      remove: (id) => around('partials.remove', onPoint, () => partials.remove(id)),
    },
  };
}
