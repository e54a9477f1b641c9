import type { ClientId } from '@vitrine/schema';
import type { Caller } from '../access/actor.ts';
import { AppError } from '../app-error.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { createChangeSignal } from './change-signal.ts';
import { createChangesFor, type SeenChange } from './read-changes.ts';
import { createWatchPlaces } from './watch-places.ts';

interface WatchRequest {
  /** Who watches, as of now; asked again before each read. Rejects when the credential is gone. */
  readonly identify: () => Promise<Caller>;
  /** Only what happens to this client. */
  readonly clientId?: ClientId | undefined;
  /** Go on behind this place; null for what happens from now on. */
  readonly after: number | null;
  readonly signal: AbortSignal;
}

/** What a watcher is told at once. `seq` is the place to go on behind; each change has its own. */
export type WatchStep =
  | { readonly kind: 'changes'; readonly caller: Caller; readonly changes: readonly SeenChange[] }
  | { readonly kind: 'caught_up'; readonly seq: number }
  | { readonly kind: 'reset'; readonly seq: number };

/** What happens in the library, told while it happens. */
export interface ChangeService {
  /**
   * Steps until the signal aborts. A new watch begins with `caught_up`, one that goes on with what was missed, or with
   * `reset` when that is not known any more. Nothing is kept for a slow watcher: the next step is read when it is asked
   * for. Fails with `unauthenticated`, `forbidden`, `not_found` for a client that the watcher may not see (any more),
   * `rate_limited`, and `unavailable` when the server stops.
   */
  watch(request: WatchRequest): AsyncGenerator<WatchStep, void, undefined>;
  /** Forgets changes older than a day and those beyond the newest hundred thousand; answers how many. */
  prune(): Promise<number>;
  /** Ends every watch; later ones fail with `unavailable`. */
  close(): void;
}

/** The credential of a watcher who hears nothing is looked at this often all the same. */
const identifyMs = 3000;
/** After so many changes that a watcher may not see they are told the place, so that it is not forgotten meanwhile. */
const unseenChanges = 1000;

const keptMs = 24 * 3600 * 1000;
const keptChanges = 100_000;

export function createChangeService({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): ChangeService {
  const newest = () =>
    database.read(async (readers) => {
      const bounds = await readers.changes.bounds();
      return bounds.newest;
    });
  const committed = createChangeSignal({ newest, onCommitted: database.onCommitted });
  const places = createWatchPlaces();
  const changesFor = createChangesFor();
  const closing = new AbortController();

  async function* watch(request: WatchRequest): AsyncGenerator<WatchStep, void, undefined> {
    const { identify, clientId, after } = request;
    const signal = AbortSignal.any([request.signal, closing.signal]);
    let caller = await identify();
    using _place = places.take(caller.actor);
    let position = after ?? (await newest());
    let told = after;
    while (!signal.aborted) {
      const { actor } = caller;
      const from = { seq: position, clientId };
      const { changes, reached, more, lost } = await database.read((readers) =>
        changesFor(readers, actor, from),
      );
      position = reached;
      if (lost || changes.length > 0 || told === null || reached - told >= unseenChanges) {
        told = changes.at(-1)?.seq ?? reached;
        if (lost) yield { kind: 'reset', seq: told };
        else if (changes.length > 0) yield { kind: 'changes', caller, changes };
        else yield { kind: 'caught_up', seq: told };
      }
      if (!more) await committed.beyond(position, { signal, timeoutMs: identifyMs });
      if (!signal.aborted) caller = await identify();
    }
    if (closing.signal.aborted && !request.signal.aborted) {
      throw new AppError('unavailable', 'The server is stopping. Connect again in a moment.', {
        retryAfterSeconds: 1,
      });
    }
  }

  return {
    watch,

    async prune() {
      const limits = { before: clock.now() - keptMs, keep: keptChanges };
      for (let total = 0; ; ) {
        const forgotten = await database.transaction((writers) => writers.changes.prune(limits));
        if (forgotten === 0) return total;
        total += forgotten;
      }
    },

    close() {
      closing.abort();
      committed.close();
    },
  };
}
