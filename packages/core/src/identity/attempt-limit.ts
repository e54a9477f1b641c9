import { AppError } from '../app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { AttemptCount } from './attempt-repository.ts';

/** At most `max` tries under a key, in the `windowMs` from the first on. */
export interface Allowance {
  readonly key: string;
  readonly max: number;
  readonly windowMs: number;
}

interface AttemptLimit {
  readonly database: Database;
  readonly clock: Clock;
}

function assertWithin(
  allowances: readonly Allowance[],
  counts: readonly AttemptCount[],
  { now, reserved }: { readonly now: number; readonly reserved: number },
): void {
  for (const { key, count, endsAt } of counts) {
    const allowance = allowances.find((one) => one.key === key);
    if (!allowance || count + reserved <= allowance.max) continue;
    const retryAfterSeconds = Math.max(1, Math.ceil((endsAt - now) / 1000));
    const minutes = Math.ceil(retryAfterSeconds / 60);
    const detail = `Too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`;
    throw new AppError('rate_limited', detail, { retryAfterSeconds });
  }
}

/**
 * Counts a try before it is made, so that many at once cannot all pass. Fails with `rate_limited` beyond any of the allowances, then
 * without a write: who is refused costs next to nothing.
 */
export async function countAttempt(
  { database, clock }: AttemptLimit,
  allowances: readonly Allowance[],
): Promise<void> {
  const now = clock.now();
  const keys = allowances.map(({ key }) => key);
  const before = await database.read((readers) => readers.attempts.counts({ keys, now }));
  assertWithin(allowances, before, { now, reserved: 1 });
  await database.transaction(async (writers) => {
    const counts: AttemptCount[] = [];
    for (const { key, windowMs } of allowances) {
      counts.push(await writers.attempts.add({ key, now, endsAt: now + windowMs }));
    }
    assertWithin(allowances, counts, { now, reserved: 0 });
  });
}
