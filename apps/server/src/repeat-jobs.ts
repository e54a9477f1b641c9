import { type Clock, type Database, enqueueJob, type Logger } from '@vitrine/core';

const firstMs = 5 * 60_000;
const everyMs = 6 * 3600_000;

interface RepeatJobs {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Repeated = 'trash.purge' | 'blob.collect' | 'blob.verify';

/**
 * Queues work that is to be done now and then, while the server runs; disposing it ends that. However many servers do so, one of each
 * waits at a time.
 */
export function repeatJobs({ database, clock, logger }: RepeatJobs, names: readonly Repeated[]): Disposable {
  const queue = async () => {
    try {
      await database.transaction(async (writers) => {
        for (const name of names) await enqueueJob(writers, name, {}, { at: clock.now() });
      });
    } catch (error) {
      logger.warn({ err: error }, 'regular work could not be queued; tried again in some hours');
    }
  };
  const first = setTimeout(queue, firstMs).unref();
  const again = setInterval(queue, everyMs).unref();
  return {
    [Symbol.dispose]() {
      clearTimeout(first);
      clearInterval(again);
    },
  };
}
