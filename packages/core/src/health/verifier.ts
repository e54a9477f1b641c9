import type { Sha256 } from '@vitrine/schema';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { BlobDamage } from '../uploads/blob-repository.ts';
import type { BlobState, BlobTotals } from './health-repository.ts';
import { lookAtBytes } from './look-at-bytes.ts';
import { createPace, type Pace } from './pace.ts';
import { recordDamage, recordWhole } from './record-damage.ts';

/** A blob that is not what its hash says. */
export interface FoundDamage {
  readonly sha256: Sha256;
  /** Bytes that it should have. */
  readonly size: number;
  readonly store: BlobState['store'];
  readonly damage: BlobDamage;
  /** It was not known before. */
  readonly isNew: boolean;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  /** 0: as fast as it goes. */
  readonly bytesPerSecond: number;
  /** Ends when so much has been read; left out: when everything has. */
  readonly share?: BlobTotals;
  readonly onDamage?: (found: FoundDamage) => void;
  /** After every page. */
  readonly onProgress?: (read: BlobTotals, of: BlobTotals) => void;
}

/** What reading came to. */
export interface VerifyReport extends BlobTotals {
  readonly damaged: Readonly<Record<BlobDamage, number>>;
  /** Were marked as damaged, and are right again. */
  readonly healed: number;
  /** Nothing was left to read. */
  readonly complete: boolean;
}

/**
 * Reads bytes back and compares them with their hash. What is wrong is marked and not served from then on; nothing is deleted. Each
 * blob's row keeps when it was read last, so that a run that was cut off goes on where it ended.
 */
export interface Verifier {
  /** Reads all that were not read since it began, those that were read longest ago first. */
  verify(options: VerifyOptions): Promise<VerifyReport>;
  /** Reads the share that is due in one of many steps, such that everything is read in less than thirty days, and queues the next. */
  step(signal?: AbortSignal): Promise<VerifyReport>;
}

const pageSize = 100;
/** Everything is read in twenty days of steps every half hour, which leaves ten for when the server is off. */
const verifyEveryMs = 30 * 60_000;
const stepsPerRound = (20 * 24 * 3600_000) / verifyEveryMs;

export function createVerifier({
  database,
  blobs,
  clock,
  logger,
  verifyBytesPerSecond,
}: ServiceDependencies): Verifier {
  const rowNow = (sha256: Sha256) => database.read((readers) => readers.health.blob(sha256));

  /** Looked at twice before anything is said: it may have been deleted, moved or replaced while it was read. */
  async function damageOf(
    before: BlobState,
    pace: Pace,
  ): Promise<{ state: BlobState; damage: BlobDamage | null } | null> {
    const first = await lookAtBytes(blobs.byName(before.store), before, pace);
    if (first === null) return { state: before, damage: null };
    const state = await rowNow(before.sha256);
    if (!state) return null;
    return { state, damage: await lookAtBytes(blobs.byName(state.store), state, pace) };
  }

  async function verify(options: VerifyOptions): Promise<VerifyReport> {
    const { signal, bytesPerSecond, share, onDamage, onProgress } = options;
    const pace = createPace(bytesPerSecond, signal);
    const before = clock.now();
    const of = await database.read((readers) => readers.health.totals());
    const damaged: Record<BlobDamage, number> = { missing: 0, wrong_size: 0, wrong_bytes: 0, unreadable: 0 };
    let read: BlobTotals = { blobs: 0, bytes: 0 };
    let healed = 0;
    const isEnough = () => share && read.blobs >= share.blobs && read.bytes >= share.bytes;

    async function one(row: BlobState): Promise<BlobState | null> {
      const found = await damageOf(row, pace);
      if (!found) return null;
      const { state, damage } = found;
      read = { blobs: read.blobs + 1, bytes: read.bytes + state.size };
      if (damage === null) {
        if (state.damage === null) return state;
        const isHealed = await database.transaction((w) => recordWhole(w, state.sha256, clock.now()));
        if (isHealed) healed += 1;
        return state;
      }
      const isNew = state.damage === null;
      if (isNew) {
        const marked = await database.transaction((w) => recordDamage(w, state, { damage, at: clock.now() }));
        if (!marked) return null;
      }
      damaged[damage] += 1;
      const { sha256, size, store } = state;
      const told = { sha256, size, store, damage, isNew };
      if (isNew) logger.error(told, 'the stored bytes of a file are damaged');
      onDamage?.(told);
      return state;
    }

    const passedOver = new Set<Sha256>();
    for (;;) {
      const page = await database.read((readers) =>
        readers.health.leastVerified({ before, limit: pageSize + passedOver.size }),
      );
      const rows = page.filter(({ sha256 }) => !passedOver.has(sha256));
      if (rows.length === 0) return { ...read, damaged, healed, complete: true };
      const done: BlobState[] = [];
      try {
        for (const row of rows) {
          signal?.throwIfAborted();
          const state = await one(row);
          if (state) done.push(state);
          else passedOver.add(row.sha256);
          if (isEnough()) break;
        }
      } finally {
        if (done.length > 0) {
          await database.transaction((writers) => writers.health.markVerified(done, clock.now()));
        }
      }
      onProgress?.(read, of);
      if (isEnough()) return { ...read, damaged, healed, complete: false };
    }
  }

  return {
    verify,

    async step(signal) {
      const all = await database.read((readers) => readers.health.totals());
      const report = await verify({
        signal,
        bytesPerSecond: verifyBytesPerSecond,
        share: { blobs: Math.ceil(all.blobs / stepsPerRound), bytes: Math.ceil(all.bytes / stepsPerRound) },
      });
      const at = clock.now();
      await database.transaction((writers) =>
        enqueueJob(writers, 'blob.verify', {}, { at, runAt: at + verifyEveryMs, priority: -10 }),
      );
      return report;
    },
  };
}
