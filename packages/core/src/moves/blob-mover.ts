import type { Sha256 } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import { isCollectorHeld } from '../gc/collector-hold.ts';
import type { BlobTotals } from '../health/health-repository.ts';
import { lookAtBytes } from '../health/look-at-bytes.ts';
import { createPace, type Pace } from '../health/pace.ts';
import { BlobMissingError, type BlobStore, type BlobStoreName } from '../ports/blob-store.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { MovableBlob } from './move-repository.ts';

interface MoveOptions {
  readonly to: BlobStoreName;
  /** 0: as fast as it goes. */
  readonly bytesPerSecond: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: BlobTotals, of: BlobTotals) => void;
}

/** What moving came to. */
export interface Moved {
  readonly moved: BlobTotals;
  /** Larger than the store takes. */
  readonly tooLarge: BlobTotals;
  /** Other bytes than their hash says, or gone: nothing was moved. */
  readonly damaged: BlobTotals;
  /** Moved not long ago, so that a copy is still to be removed. */
  readonly waiting: BlobTotals;
  /** Changed by somebody else at the same time. */
  readonly passedOver: BlobTotals;
}

/**
 * Moves bytes between stores while they are served. Each is copied, made durable, read back from where it lies now and compared with its
 * hash; only then does its row name the other store, in one conditional update. The old copy stays for an hour, for readers who know no
 * better. Killed at any point, it is run again; what it had copied is found there.
 */
export interface BlobMover {
  /** Fails with `invalid_input` for a store that is not set up here. */
  move(options: MoveOptions): Promise<Moved>;
  /** Removes copies that were left behind long enough ago; answers how many. */
  removeCopies(signal?: AbortSignal): Promise<number>;
}

const pageSize = 100;
/** Longer than any reader goes on with what they learned of a row, and than removing one copy takes. */
export const copyGraceMs = 3600_000;

const none: BlobTotals = { blobs: 0, bytes: 0 };
const plus = ({ blobs, bytes }: BlobTotals, size: number): BlobTotals => ({
  blobs: blobs + 1,
  bytes: bytes + size,
});

export function createBlobMover({ database, blobs, clock, staging }: ServiceDependencies): BlobMover {
  function targetNamed(name: BlobStoreName): BlobStore {
    const store = blobs.all.find((one) => one.name === name);
    if (store) return store;
    const known = blobs.all.map((one) => one.name).join(' or ');
    throw new AppError(
      'invalid_input',
      `There is no store '${name}' here, so nothing can be moved to it. Move to ${known}.`,
    );
  }

  /** Copies and compares; false when what is stored is not what it should be. */
  async function copy({ sha256, size, store }: MovableBlob, to: BlobStore, pace: Pace): Promise<boolean> {
    const source = await blobs.byName(store).open(sha256);
    const staged = await staging.receive(source, { maxBytes: size }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'too_large') return null;
      throw error;
    });
    if (!staged) return false;
    try {
      if (staged.sha256 !== sha256) return false;
      // Not a put: what an earlier move left there may be wrong by now.
      await to.replace(staged);
    } finally {
      await staging.discard(staged);
    }
    return (await lookAtBytes(to, { sha256, size, store: to.name }, pace)) === null;
  }

  async function moveOne(blob: MovableBlob, to: BlobStore, pace: Pace): Promise<keyof Moved> {
    if (blob.isDamaged) return 'damaged';
    if (blob.hasCopy) return 'waiting';
    if (to.maxBytes !== undefined && blob.size > to.maxBytes) return 'tooLarge';
    const { sha256, store: from } = blob;
    try {
      if (!(await copy(blob, to, pace))) return 'damaged';
    } catch (error) {
      if (error instanceof BlobMissingError) return 'damaged';
      throw error;
    }
    const settled = await database.transaction((writers) =>
      writers.moves.settle({ sha256, from, to: to.name, at: clock.now() }),
    );
    return settled ? 'moved' : 'passedOver';
  }

  return {
    async move({ to: name, bytesPerSecond, signal, onProgress }) {
      const to = targetNamed(name);
      const pace = createPace(bytesPerSecond, signal);
      const of = await database.read((readers) => readers.moves.countElsewhere(name));
      let done = none;
      let result: Moved = { moved: none, tooLarge: none, damaged: none, waiting: none, passedOver: none };
      for (let after: Sha256 | null = null; ; ) {
        const from: Sha256 | null = after;
        const page: MovableBlob[] = await database.read((readers) =>
          readers.moves.elsewhere({ to: name, after: from, limit: pageSize }),
        );
        for (const blob of page) {
          signal?.throwIfAborted();
          const outcome = await moveOne(blob, to, pace);
          result = { ...result, [outcome]: plus(result[outcome], blob.size) };
          done = plus(done, blob.size);
          onProgress?.(done, of);
        }
        after = page.at(-1)?.sha256 ?? null;
        if (after === null) return result;
      }
    },

    async removeCopies(signal) {
      let removed = 0;
      while (!signal?.aborted) {
        const at = clock.now();
        const copies = await database.transaction(async (writers) => {
          // A backup may be reading them.
          if (await isCollectorHeld(writers, at)) return [];
          return writers.moves.takeCopies({ by: at - copyGraceMs, limit: pageSize, at });
        });
        if (copies.length === 0) break;
        for (const left of copies) {
          await blobs.byName(left.store).delete(left.sha256);
          await database.transaction((writers) => writers.moves.forgetCopy(left));
          removed += 1;
        }
      }
      return removed;
    },
  };
}
