/** Runs one piece of work after the other, in the order they came. */
export interface WorkQueue {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything that is waiting has run; what comes later is refused. */
  close(): Promise<void>;
}

export function createWorkQueue(): WorkQueue {
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;
  return {
    run(work) {
      if (closed) return Promise.reject(new Error('The database is closed.'));
      const result = tail.then(work);
      tail = result.catch(() => undefined);
      return result;
    },
    async close() {
      closed = true;
      await tail;
    },
  };
}
