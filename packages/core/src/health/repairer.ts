import type { Collector } from '../gc/collector.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { ResumableService } from '../uploads/resumable-service.ts';
import { findStrays } from './find-strays.ts';

/** How many of each were put right. */
export interface Repaired {
  /** Counters that are the sums of what is there again. */
  readonly counters: number;
  /** Used bytes that are no longer marked as unused. */
  readonly unmarked: number;
  /** Unused bytes that are marked now, and deleted when their time has come. */
  readonly marked: number;
  /** Bytes that belonged to nothing: they have a row with a mark now. */
  readonly strays: number;
  /** Second copies that will be removed. */
  readonly copies: number;
  /** Unfinished uploads and staged files whose time was over. */
  readonly uploads: number;
}

/**
 * Puts right what an examination finds and what can be put right without knowing more than the rows say. Each change looks at the live
 * row again in its own transaction. It deletes no stored bytes: the collector does, after its grace.
 */
export interface Repairer {
  repair(signal?: AbortSignal): Promise<Repaired>;
}

const pageSize = 500;
/** Longer than any upload takes. */
const abandonedMs = 24 * 3600_000;

export function createRepairer(
  dependencies: ServiceDependencies,
  { collector, resumable }: { readonly collector: Collector; readonly resumable: ResumableService },
): Repairer {
  const { database, clock, staging } = dependencies;

  async function noteCopies(signal?: AbortSignal): Promise<number> {
    let noted = 0;
    for (const { store, copies } of await findStrays(dependencies, signal)) {
      for (let at = 0; at < copies.length; at += pageSize) {
        const page = { sha256s: copies.slice(at, at + pageSize), store: store.name, at: clock.now() };
        noted += await database.transaction((writers) => writers.examination.noteCopies(page));
      }
    }
    return noted;
  }

  return {
    async repair(signal) {
      const counters = await database.transaction((writers) => writers.examination.recount());
      const unmarked = await database.transaction((writers) => writers.examination.unmark());
      const { strays, marked } = await collector.mark(signal);
      const copies = await noteCopies(signal);
      const uploads = (await resumable.prune()) + (await staging.sweep(abandonedMs));
      return { counters, unmarked, marked, strays, copies, uploads };
    },
  };
}
