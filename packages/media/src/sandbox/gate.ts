import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '@vitrine/core';

interface GateRequest {
  /** Somebody is waiting: ahead of everything that only fills the library. */
  readonly urgent?: boolean;
  /** Ends the waiting, not the work. */
  readonly signal?: AbortSignal | undefined;
}

/** Lets so many through at once; who waits is served in the order of arrival, the urgent first. */
export interface Gate {
  /**
   * Rejects with the signal's reason, and with AppError `unavailable` when too many wait or the gate is closed. Work that is
   * through may pass again for its parts: it keeps its one place, so it never waits for itself.
   */
  pass<T>(request: GateRequest, work: () => Promise<T>): Promise<T>;
  /** Turns away everybody who waits; who is through is not disturbed. */
  close(): void;
}

interface Waiting {
  readonly enter: () => void;
  readonly turnAway: (reason: unknown) => void;
}

const closedError = () =>
  new AppError('unavailable', 'The server is shutting down. Try again later.', { retryAfterSeconds: 5 });

export function createGate(limit: number, maxWaiting = 500): Gate {
  let free = limit;
  let closed = false;
  const inside = new AsyncLocalStorage<true>();
  const lines: Record<'urgent' | 'other', Waiting[]> = { urgent: [], other: [] };

  function enter({ urgent = false, signal }: GateRequest): Promise<void> {
    if (closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    const line = urgent ? lines.urgent : lines.other;
    if (line.length >= maxWaiting) {
      const detail = 'Too many files wait to be read. Try again in a few seconds.';
      return Promise.reject(new AppError('unavailable', detail, { retryAfterSeconds: 5 }));
    }
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        line.splice(line.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        enter: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
        turnAway: (reason) => {
          signal?.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      line.push(waiting);
    });
  }

  function leave(): void {
    const next = lines.urgent.shift() ?? lines.other.shift();
    if (next) next.enter();
    else free++;
  }

  return {
    async pass(request, work) {
      if (inside.getStore()) return work();
      await enter(request);
      try {
        return await inside.run(true, work);
      } finally {
        leave();
      }
    },
    close() {
      closed = true;
      for (const waiting of [...lines.urgent.splice(0), ...lines.other.splice(0)]) {
        waiting.turnAway(closedError());
      }
    },
  };
}
