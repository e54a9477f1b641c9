import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../app-error.ts';
import { recordWhole } from '../health/record-damage.ts';
import type { BlobStore, BlobStores, StagedBlob } from '../ports/blob-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import { BlobGoneError, type KnownBlob, type StoredBlob } from './blob-repository.ts';

interface Stores {
  readonly database: Database;
  readonly blobs: BlobStores;
  readonly clock: Clock;
}

const mostTries = 5;
const pauseMs = 200;

/** The row, once no collector is deleting the bytes any more: a matter of milliseconds. */
async function settledRow(database: Database, sha256: StagedBlob['sha256']): Promise<KnownBlob | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const known = await database.read((readers) => readers.blobs.find(sha256));
    if (!known?.deleting) return known;
    await pause(pauseMs);
  }
  throw new AppError('unavailable', 'The same bytes are being deleted just now. Try it again in a minute.', {
    retryAfterSeconds: 60,
  });
}

/** Bytes that were damaged come again: they take the place of what is stored. */
async function heal({ database, clock }: Stores, staged: StagedBlob, place: BlobStore): Promise<void> {
  await place.replace(staged);
  await database.transaction((writers) => recordWhole(writers, staged.sha256, clock.now()));
}

/** Makes staged bytes durable in the store they belong in. Bytes that are known stay in the store they are in. */
async function store({ database, blobs, clock }: Stores, staged: StagedBlob): Promise<StoredBlob> {
  const known = await settledRow(database, staged.sha256);
  const place = known ? blobs.byName(known.store) : blobs.storeFor(staged.size);
  if (known?.damage) await heal({ database, blobs, clock }, staged, place);
  else await place.put(staged);
  return { sha256: staged.sha256, size: staged.size, store: place.name, known: known !== null };
}

/**
 * Makes staged bytes durable, and does the work that makes them somebody's; `work` ensures the row it is given in its transaction. When the
 * collector deleted the bytes in between, both are done again.
 */
export async function withStored<T>(
  stores: Stores,
  staged: StagedBlob,
  work: (blob: StoredBlob) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work(await store(stores, staged));
    } catch (error) {
      if (!(error instanceof BlobGoneError) || tries === mostTries) throw error;
    }
  }
}
