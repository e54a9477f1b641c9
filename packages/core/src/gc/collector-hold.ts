import type { Clock } from '../ports/clock.ts';
import type { Database, Readers } from '../ports/database.ts';

const key = 'hold:blob.collect';
/** A process that dies while it holds the collector holds it no longer than this. */
const holdMs = 120_000;
const renewMs = 30_000;

/** Whether somebody needs all bytes to stay; asked in the transaction that would begin to delete some. `now` in milliseconds. */
export async function isCollectorHeld(
  { attempts }: Pick<Readers, 'attempts'>,
  now: number,
): Promise<boolean> {
  return (await attempts.counts({ keys: [key], now })).length > 0;
}

/** Keeps every process from deleting bytes until it is disposed, and two minutes longer at most. */
export async function holdCollector({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): Promise<Disposable> {
  const hold = () =>
    database.transaction(async ({ attempts }) => {
      const now = clock.now();
      // Others may hold it too: it is made longer, never shorter.
      await attempts.remove(key);
      await attempts.add({ key, now, endsAt: now + holdMs });
    });
  await hold();
  let failure: unknown = null;
  const timer = setInterval(() => {
    hold().catch((error: unknown) => {
      failure = error;
    });
  }, renewMs).unref();
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      if (failure) throw failure;
    },
  };
}
