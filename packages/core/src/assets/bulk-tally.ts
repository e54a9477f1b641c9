import type { BulkAnswer, BulkOutcome, BulkReason } from '@vitrine/schema';

/** Counts what became of assets. */
export interface BulkTally {
  add(outcomes: readonly BulkOutcome[]): void;
  counts(): Omit<BulkAnswer, 'outcomes'>;
}

export function createBulkTally(): BulkTally {
  const counts = { changed: 0, unchanged: 0, skipped: 0 };
  const reasons = new Map<BulkReason, number>();
  return {
    add(outcomes) {
      for (const one of outcomes) {
        counts[one.outcome] += 1;
        if (one.outcome === 'skipped') reasons.set(one.reason, (reasons.get(one.reason) ?? 0) + 1);
      }
    },
    counts: () => ({ ...counts, reasons: [...reasons].map(([reason, count]) => ({ reason, count })) }),
  };
}
