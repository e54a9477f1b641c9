import type { Logger, Services } from '@vitrine/core';

const firstMs = 60_000;
const everyMs = 3600_000;

/** Forgets what was kept for a while only, once an hour while the server runs; disposing it ends that. */
export function pruneLogs(
  {
    changes,
    idempotency,
    imports,
    resumable,
    shares,
    signIns,
  }: Pick<Services, 'changes' | 'idempotency' | 'imports' | 'resumable' | 'shares' | 'signIns'>,
  logger: Logger,
): Disposable {
  const kinds = { changes, idempotency, imports, resumable, shares, signIns };
  const prune = async () => {
    for (const [what, log] of Object.entries(kinds)) {
      try {
        const forgotten = await log.prune();
        if (forgotten > 0) logger.debug({ what, forgotten }, 'forgot what is old');
      } catch (error) {
        logger.warn({ what, err: error }, 'what is old could not be forgotten; tried again in an hour');
      }
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
