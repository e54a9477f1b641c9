import type { Logger, Services } from '@vitrine/core';

const firstMs = 60_000;
const everyMs = 3600_000;

/** Forgets old changes once an hour while the server runs; disposing it ends that. */
export function pruneChanges({ changes }: Pick<Services, 'changes'>, logger: Logger): Disposable {
  const prune = async () => {
    try {
      const forgotten = await changes.prune();
      if (forgotten > 0) logger.debug({ forgotten }, 'forgot old changes');
    } catch (error) {
      logger.warn({ err: error }, 'old changes could not be forgotten; tried again in an hour');
    }
  };
  const first = setTimeout(prune, firstMs).unref();
  const again = setInterval(prune, everyMs).unref();
  return {
    [Symbol.dispose]() {
      clearTimeout(first);
      clearInterval(again);
    },
  };
}
