import { createHash } from 'node:crypto';
import type { Clock, Database, Logger } from '@vitrine/core';
import type { CountedRate, RateWindow } from './rate-limit.ts';

interface SharedRates {
  readonly rate: CountedRate;
  readonly perMinute: number;
  readonly database: Pick<Database, 'transaction'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What comes by then is not told: whoever stays below a tenth of the limit in each process is no trouble in ten. */
const quietShare = 0.1;
const everyMs = 1000;
/** Principals of one transaction. */
const mostAtOnce = 500;

const keyOf = (principal: string) => `rate:${createHash('sha256').update(principal).digest('base64url')}`;

/**
 * Tells the other processes on the database what came here, and hears of theirs, in one transaction for all who ask much. Answers how many
 * those were.
 */
export async function shareRatesOnce({ rate, perMinute, database, clock }: SharedRates): Promise<number> {
  const now = clock.now();
  const loud = [...rate.windows]
    .filter(
      ([, window]) => window.endsAt > now && window.own >= perMinute * quietShare && window.own > window.told,
    )
    .slice(0, mostAtOnce)
    .map(([principal, window]) => ({ key: keyOf(principal), window, by: window.own - window.told }))
    // In one order for everybody: two processes must not wait for each other.
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (loud.length === 0) return 0;
  const told = await database.transaction(async ({ attempts }) => {
    const counts: { window: RateWindow; by: number; count: number; endsAt: number }[] = [];
    for (const { key, window, by } of loud) {
      const { count, endsAt } = await attempts.add({ key, now, endsAt: window.endsAt, by });
      counts.push({ window, by, count, endsAt });
    }
    return counts;
  });
  for (const { window, by, count, endsAt } of told) {
    window.told += by;
    window.others = Math.max(0, count - window.told);
    // The minute of whoever began first is that of all.
    window.endsAt = endsAt;
  }
  return told.length;
}

/**
 * Shares the limit with other processes on the same database, once a second. A sender gets beyond it by what each process lets pass in that
 * second, and by a tenth of the limit in each. Where the database does not answer each process counts alone.
 */
export function shareRates(rates: SharedRates): Disposable {
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    shareRatesOnce(rates)
      .catch((error: unknown) => rates.logger.warn({ err: error }, 'rate limits could not be shared'))
      .finally(() => {
        isBusy = false;
      });
  }, everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
