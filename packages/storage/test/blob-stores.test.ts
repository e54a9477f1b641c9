import { expect, test } from 'vitest';
import { createBlobStores, createSingleBlobStore } from '../src/blob-stores.ts';
import { databaseBlobMaxBytes } from '../src/chunked-blob-store.ts';
import { createMemoryBlobStore } from '../src/memory-blob-store.ts';

const disk = { ...createMemoryBlobStore(), name: 'disk' as const };
const database = { ...createMemoryBlobStore(), name: 'database' as const };

test.each([
  { mode: 'disk', inlineMax: 1000, size: 1000, store: 'database' },
  { mode: 'disk', inlineMax: 1000, size: 1001, store: 'disk' },
  { mode: 'disk', inlineMax: 0, size: 1, store: 'disk' },
  { mode: 'disk', inlineMax: 1e9, size: databaseBlobMaxBytes, store: 'database' },
  { mode: 'disk', inlineMax: 1e9, size: databaseBlobMaxBytes + 1, store: 'disk' },
  { mode: 'database', inlineMax: 0, size: 1, store: 'database' },
  { mode: 'database', inlineMax: 0, size: databaseBlobMaxBytes, store: 'database' },
  { mode: 'database', inlineMax: 0, size: databaseBlobMaxBytes + 1, store: 'disk' },
] as const)(
  'in mode $mode with $inlineMax inline, $size bytes go to the $store',
  ({ mode, inlineMax, size, store }) => {
    const stores = createBlobStores({ disk, database, default: mode, inlineMax });
    expect(stores.storeFor(size).name).toBe(store);
  },
);

test('a store is found by the name in a row, and one that is not configured is named', () => {
  const stores = createBlobStores({ disk, database, default: 'disk', inlineMax: 0 });
  expect(stores.byName('disk')).toBe(disk);
  expect(stores.byName('database')).toBe(database);
  expect(() => stores.byName('s3')).toThrow("'s3'");
});

test('a single store takes everything', () => {
  const memory = createMemoryBlobStore();
  const stores = createSingleBlobStore(memory);
  expect(stores.storeFor(1e12)).toBe(memory);
  expect(stores.byName('memory')).toBe(memory);
});

test('closing closes every store', async () => {
  const closed: string[] = [];
  const noting = (name: 'disk' | 'database') => ({
    ...createMemoryBlobStore(),
    name,
    close: async () => void closed.push(name),
  });
  const stores = createBlobStores({
    disk: noting('disk'),
    database: noting('database'),
    default: 'disk',
    inlineMax: 0,
  });
  await stores.close();
  expect(closed.sort()).toEqual(['database', 'disk']);
});
