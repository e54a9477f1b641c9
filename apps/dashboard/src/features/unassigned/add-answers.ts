import type { BulkAnswer, BulkReason } from '@vitrine/schema';

/** What several answers to one edit say together. */
export function addAnswers(answers: readonly BulkAnswer[]): Omit<BulkAnswer, 'outcomes'> {
  const byReason = new Map<BulkReason, number>();
  for (const { reason, count } of answers.flatMap(({ reasons }) => reasons)) {
    byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  }
  const sum = (of: (answer: BulkAnswer) => number) =>
    answers.reduce((total, answer) => total + of(answer), 0);
  return {
    changed: sum(({ changed }) => changed),
    unchanged: sum(({ unchanged }) => unchanged),
    skipped: sum(({ skipped }) => skipped),
    reasons: [...byReason].map(([reason, count]) => ({ reason, count })),
  };
}
