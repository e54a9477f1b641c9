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

/**
 * Keeps every process from deleting bytes until it is disposed, and two minutes longer at most. Disposing it fails when it was lost for
 * a while, because the database could not be written for long: bytes may have been deleted meanwhile.
 */
export async function holdCollector({
  database,
  clock,
}: {
  readonly database: Pick<Database, 'transaction'>;
  readonly clock: Clock;
}): Promise<Disposable> {
  async function hold(): Promise<number> {
    const now = clock.now();
    await database.transaction(async ({ attempts }) => {
      // Others may hold it too: it is made longer, never shorter.
      await attempts.remove(key);
      await attempts.add({ key, now, endsAt: now + holdMs });
    });
    return now + holdMs;
  }

  let heldUntil = await hold();
  let wasLost = false;
  async function renew(): Promise<void> {
    const until = await hold();
    if (clock.now() >= heldUntil) wasLost = true;
    heldUntil = until;
  }
  // One that fails is made up for by the next, as long as it comes in time.
  const timer = setInterval(() => void renew().catch(() => {}), renewMs).unref();
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      if (wasLost || clock.now() >= heldUntil) {
        throw new Error(
          'The collector was not held for a while, so bytes may have been deleted. Begin again.',
        );
      }
    },
  };
}
