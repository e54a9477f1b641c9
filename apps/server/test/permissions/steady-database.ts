import type { Database, ServiceDependencies } from '@vitrine/core';

/** Keeps a library as it is: once held, transactions of use cases come to their end and are then taken back. */
export interface SteadyDatabase {
  readonly dependencies: (real: ServiceDependencies) => ServiceDependencies;
  hold(): void;
  /** How many transactions came to their end since then: each would have changed something. */
  ended(): number;
}

export function createSteadyDatabase(): SteadyDatabase {
  const takenBack = Symbol('taken back');
  let isHeld = false;
  let ended = 0;

  const steady = (database: Database): Database => ({
    ...database,
    async transaction(work) {
      if (!isHeld) return database.transaction(work);
      const answer = Promise.withResolvers<Awaited<ReturnType<typeof work>>>();
      try {
        await database.transaction(async (writers) => {
          answer.resolve(await work(writers));
          throw takenBack;
        });
      } catch (error) {
        if (error !== takenBack) throw error;
      }
      ended += 1;
      return answer.promise;
    },
  });

  return {
    dependencies: (real) => ({ ...real, database: steady(real.database) }),
    hold: () => {
      isHeld = true;
    },
    ended: () => ended,
  };
}
