/** Tells those who wait that something has been committed to the change log, by this process or another. */
export interface ChangeSignal {
  /** Resolves when there is a change behind `seq`, when the time is up, or when the signal aborts or is closed. */
  beyond(seq: number, wait: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<void>;
  /** Releases everybody. */
  close(): void;
}

/** Of many commits in a row, those who wait hear ten times a second. */
const restMs = 100;
/** What other processes write is found by looking, while somebody waits. */
const pollMs = 1000;
/** So many go on in one turn of the event loop. */
const atOnce = 20;

interface Waiter {
  readonly seq: number;
  readonly release: () => void;
}

export interface ChangeSignalOptions {
  /** The newest place in the change log. */
  readonly newest: () => Promise<number>;
  /** See `Database`. */
  readonly onCommitted: (listener: () => void) => () => void;
}

/** One for each process: however many wait, one look at the newest place serves all. */
export function createChangeSignal({ newest, onCommitted }: ChangeSignalOptions): ChangeSignal {
  const waiters = new Set<Waiter>();
  let closed = false;
  let looking = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** Something was committed since the last look began. */
  let stale = true;
  let soon: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    looking = true;
    stale = false;
    lookedAt = performance.now();
    try {
      const reached = await newest();
      const hearing = [...waiters].filter(({ seq }) => seq < reached);
      for (let next = 0; next < hearing.length; next += atOnce) {
        for (const { release } of hearing.slice(next, next + atOnce)) release();
        // Requests have their turn before the next few.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch {
      // The database is busy or gone: those who wait see for themselves when their time is up.
    } finally {
      looking = false;
      if (stale) lookSoon();
    }
  }

  function lookSoon(): void {
    stale = true;
    if (closed || looking || soon || waiters.size === 0) return;
    soon = setTimeout(
      () => {
        soon = undefined;
        void look();
      },
      Math.max(0, lookedAt + restMs - performance.now()),
    );
  }

  const unsubscribe = onCommitted(lookSoon);

  function settle(): void {
    if (waiters.size > 0 && !closed) {
      poll ??= setInterval(lookSoon, pollMs);
      return;
    }
    clearInterval(poll);
    clearTimeout(soon);
    poll = undefined;
    soon = undefined;
  }

  return {
    async beyond(seq, { signal, timeoutMs }) {
      if (closed || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const release = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', release);
          waiters.delete(waiter);
          settle();
          resolve();
        };
        const waiter = { seq, release };
        const timer = setTimeout(release, timeoutMs);
        signal.addEventListener('abort', release);
        waiters.add(waiter);
        settle();
        // What was committed between the waiter's own look and now.
        if (stale) lookSoon();
      });
    },

    close() {
      closed = true;
      unsubscribe();
      for (const { release } of [...waiters]) release();
      settle();
    },
  };
}
