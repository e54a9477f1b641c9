import type { Sha256 } from '@vitrine/schema';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { Writers } from '../ports/database.ts';
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
  /** Reads these bytes now, at the pace of the scheduled reading: somebody had reason to doubt them. Answers whether they are right. */
  look(sha256: Sha256, signal?: AbortSignal): Promise<boolean>;
}

const pageSize = 100;
/** Everything is read in twenty days of steps every half hour, which leaves ten for when the server is off. */
const verifyEveryMs = 30 * 60_000;
const stepsPerRound = (20 * 24 * 3600_000) / verifyEveryMs;

/** At most so long lies between finding damage and saying so. */
const settleMs = 500;

/** What reading a blob showed of its row. */
interface Looked {
  readonly state: BlobState;
  readonly damage: BlobDamage | null;
}

/** What became of a row: `other` is another one by now, and nothing was written of it. */
type Mark = 'none' | 'damaged' | 'healed' | 'other';

interface Settled extends Looked {
  readonly mark: Mark;
}

async function markOf(writers: Writers, { state, damage }: Looked, at: number): Promise<Mark> {
  const isKnown = (state.damage === null) === (damage === null);
  if (isKnown) return 'none';
  if (damage === null) return (await recordWhole(writers, state.sha256, at)) ? 'healed' : 'other';
  return (await recordDamage(writers, state, { damage, at })) ? 'damaged' : 'other';
}

/** Writes down what reading showed. */
async function settle(writers: Writers, looked: readonly Looked[], at: number): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (const one of looked) settled.push({ ...one, mark: await markOf(writers, one, at) });
  const known = settled.filter(({ mark }) => mark !== 'other').map(({ state }) => state);
  if (known.length > 0) await writers.health.markVerified(known, at);
  return settled;
}

export function createVerifier({
  database,
  blobs,
  clock,
  logger,
  verifyBytesPerSecond,
}: ServiceDependencies): Verifier {
  const rowNow = (sha256: Sha256) => database.read((readers) => readers.health.blob(sha256));

  /** Looked at twice before anything is said: it may have been deleted, moved or replaced while it was read. Null: it is gone. */
  async function lookAt(row: BlobState, pace: Pace): Promise<Looked | null> {
    const first = await lookAtBytes(blobs.byName(row.store), row, pace);
    if (first === null) return { state: row, damage: null };
    const state = await rowNow(row.sha256);
    if (!state) return null;
    return { state, damage: await lookAtBytes(blobs.byName(state.store), state, pace) };
  }

  function warnOf({ state, damage, mark }: Settled): void {
    if (mark !== 'damaged') return;
    const { sha256, size, store } = state;
    logger.error({ sha256, size, store, damage }, 'the stored bytes of a file are damaged');
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

    /** Writes down what was found. What is another row by now is passed over: it is read when its turn comes. */
    async function note(looked: readonly Looked[]): Promise<readonly Sha256[]> {
      const at = clock.now();
      const settled = await database.transaction((writers) => settle(writers, looked, at));
      for (const one of settled) {
        const { state, damage, mark } = one;
        warnOf(one);
        if (mark === 'healed') healed += 1;
        if (damage === null || mark === 'other') continue;
        damaged[damage] += 1;
        const { sha256, size, store } = state;
        onDamage?.({ sha256, size, store, damage, isNew: mark === 'damaged' });
      }
      return settled.filter(({ mark }) => mark === 'other').map(({ state }) => state.sha256);
    }

    const passedOver = new Set<Sha256>();
    for (;;) {
      const page = await database.read((readers) =>
        readers.health.leastVerified({ before, limit: pageSize + passedOver.size }),
      );
      const rows = page.filter(({ sha256 }) => !passedOver.has(sha256));
      if (rows.length === 0) return { ...read, damaged, healed, complete: true };
      let looked: Looked[] = [];
      const noteAll = async () => {
        const noted = looked;
        looked = [];
        if (noted.length > 0) for (const sha256 of await note(noted)) passedOver.add(sha256);
      };
      let notedAt = performance.now();
      try {
        for (const row of rows) {
          signal?.throwIfAborted();
          const found = await lookAt(row, pace);
          if (found) {
            looked.push(found);
            read = { blobs: read.blobs + 1, bytes: read.bytes + found.state.size };
          } else passedOver.add(row.sha256);
          if (isEnough()) break;
          // Not served any longer than it takes to say so; but a thousand of them are not a thousand transactions.
          if (performance.now() - notedAt < settleMs) continue;
          await noteAll();
          notedAt = performance.now();
        }
      } finally {
        await noteAll();
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

    async look(sha256, signal) {
      const row = await rowNow(sha256);
      const looked = row && (await lookAt(row, createPace(verifyBytesPerSecond, signal)));
      if (!looked) return false;
      const settled = await database.transaction((writers) => settle(writers, [looked], clock.now()));
      for (const one of settled) warnOf(one);
      return looked.damage === null;
    },
  };
}
