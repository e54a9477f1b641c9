import { AsyncLocalStorage } from 'node:async_hooks';

interface Scope {
  open: boolean;
}

/** Knows, for whatever code is running, whether it runs inside a transaction that is still open. */
export interface TransactionScope {
  /** Runs work inside; refuses when the caller is inside already. */
  enter<T>(work: () => Promise<T>): Promise<T>;
  /** Throws when the running code is not inside an open transaction. */
  assertInside(): void;
  /** Throws when it is: a transaction that waits for another one waits for itself. */
  assertOutside(): void;
}

/** One for each database. */
export function createTransactionScope(): TransactionScope {
  const current = new AsyncLocalStorage<Scope>();
  return {
    async enter(work) {
      const scope = { open: true };
      try {
        return await current.run(scope, work);
      } finally {
        scope.open = false;
      }
    },
    assertInside() {
      if (!current.getStore()?.open) {
        throw new Error(
          'This write runs outside its transaction: it was not awaited, or a writer was kept. Await every write inside the work of the transaction.',
        );
      }
    },
    assertOutside() {
      if (current.getStore()?.open) {
        throw new Error(
          'A transaction was started inside the work of another one, which would wait for it forever. Pass the writers on instead.',
        );
      }
    },
  };
}
