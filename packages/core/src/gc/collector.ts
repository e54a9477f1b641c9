import type { Sha256 } from '@vitrine/schema';
import type { BlobStore } from '../ports/blob-store.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { BlobRow } from '../uploads/blob-repository.ts';
import { isCollectorHeld } from './collector-hold.ts';
import type { MarkedPage } from './collector-repository.ts';
import { inPages } from './in-pages.ts';

/** What a collection came to. */
export interface Collected {
  /** Bytes that no row knew: they have a row with a mark now. */
  readonly strays: number;
  /** Rows that were found unused and are marked now. */
  readonly marked: number;
  readonly deleted: number;
  /** Bytes that were given back. */
  readonly freedBytes: number;
}

/** What would be deleted by a collection at this moment. */
export interface Collectable {
  readonly due: number;
  readonly dueBytes: number;
}

/**
 * Gives back the room of bytes that nothing points at.
 *
 * Nothing is deleted because a list says so. Bytes are marked first; they go when the mark is older than the grace, and
 * the same transaction that says that they go looks again whether something points at them. From then on nobody can begin to use
 * them (`blobs.ensure` refuses, and the upload stores them anew), and only then are they deleted, and their row last. So there is no
 * moment in which a row that something points at has no bytes, whoever is killed when.
 */
export interface Collector {
  collect(signal?: AbortSignal): Promise<Collected>;
  /** Only marks, and deletes nothing. */
  mark(signal?: AbortSignal): Promise<Pick<Collected, 'strays' | 'marked'>>;
  /** Changes nothing. */
  preview(): Promise<Collectable>;
}

const pageSize = 1000;
const batchSize = 50;
/** Deleting one blob takes far less. */
const leaseMs = 10 * 60_000;
const mostPreviewed = 100_000;

export function createCollector({ database, blobs, clock, collectGraceMs }: ServiceDependencies): Collector {
  /** Strays are not deleted: they get a row, and a mark, and time for somebody to come for them. */
  async function adopt(store: BlobStore, page: readonly Sha256[]): Promise<number> {
    const unknown = await database.read((readers) => readers.collector.unknown(page));
    const rows: BlobRow[] = [];
    for (const sha256 of unknown) {
      const found = await store.stat(sha256);
      if (found && found.size > 0) rows.push({ sha256, size: found.size, store: store.name });
    }
    if (rows.length > 0) {
      await database.transaction((writers) => writers.collector.adopt(rows, clock.now()));
    }
    return rows.length;
  }

  async function adoptStrays(signal?: AbortSignal): Promise<number> {
    let strays = 0;
    for (const store of blobs.all) {
      for await (const page of inPages(store.list(), pageSize)) {
        if (signal?.aborted) return strays;
        strays += await adopt(store, page);
      }
    }
    return strays;
  }

  async function markUnused(signal?: AbortSignal): Promise<number> {
    let marked = 0;
    for (let after: Sha256 | null = null; !signal?.aborted; ) {
      const at = clock.now();
      const from: Sha256 | null = after;
      const page: MarkedPage | null = await database.transaction((writers) =>
        writers.collector.markPage({ after: from, limit: pageSize, at }),
      );
      if (!page) break;
      marked += page.marked;
      after = page.last;
    }
    return marked;
  }

  /**
   * Deletes bytes under a lease that is renewed first: of two collectors only one has it, and whoever takes it over does so
   * long after it would have been used. False when somebody else has it, or the bytes cannot be deleted now.
   */
  async function remove({ sha256, store }: BlobRow, since: number): Promise<boolean> {
    // Never the same moment as before: that is what tells two leases apart.
    const at = Math.max(clock.now(), since + 1);
    const renewed = await database.transaction((writers) => writers.collector.renew({ sha256, since, at }));
    if (!renewed) return false;
    try {
      await blobs.byName(store).delete(sha256);
    } catch {
      // Tried again when the lease is over; the others go on.
      return false;
    }
    await database.transaction((writers) => writers.collector.forget({ sha256, since: at }));
    return true;
  }

  async function deleteDue(signal?: AbortSignal): Promise<{ deleted: number; freedBytes: number }> {
    let deleted = 0;
    let freedBytes = 0;
    while (!signal?.aborted) {
      const at = clock.now();
      const begun = await database.transaction(async (writers) => {
        if (await isCollectorHeld(writers, at)) return [];
        return writers.collector.beginDeleting({ by: at - collectGraceMs, limit: batchSize, at });
      });
      for (const blob of begun) {
        if (!(await remove(blob, at))) continue;
        deleted += 1;
        freedBytes += blob.size;
      }
      if (begun.length < batchSize) break;
    }
    return { deleted, freedBytes };
  }

  /** What a collector that was killed had begun. */
  async function finish(): Promise<void> {
    const at = clock.now();
    const begun = await database.transaction((writers) =>
      writers.collector.takeOver({ by: at - leaseMs, limit: pageSize, at }),
    );
    for (const blob of begun) await remove(blob, at);
  }

  async function mark(signal?: AbortSignal) {
    return { strays: await adoptStrays(signal), marked: await markUnused(signal) };
  }

  return {
    async collect(signal) {
      await finish();
      return { ...(await mark(signal)), ...(await deleteDue(signal)) };
    },

    mark,

    async preview() {
      const by = clock.now() - collectGraceMs;
      const due = await database.read((readers) => readers.collector.due({ by, limit: mostPreviewed }));
      return { due: due.length, dueBytes: due.reduce((sum, { size }) => sum + size, 0) };
    },
  };
}
