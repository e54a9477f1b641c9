import type { Caller } from '../access/actor.ts';
import { AppError } from '../app-error.ts';
import type { Writers } from '../ports/database.ts';
import type { IdempotentAnswer } from './idempotency-repository.ts';

/**
 * Notes what a create made under the caller's Idempotency-Key, if there is one, in the transaction that makes it: either both are there
 * or neither.
 */
export async function completeOnce(
  writers: Writers,
  { idempotency }: Caller,
  answer: IdempotentAnswer,
): Promise<void> {
  if (!idempotency) return;
  if (await writers.idempotency.complete({ ...idempotency, answer })) return;
  throw new AppError(
    'still_running',
    'Another request with this Idempotency-Key was faster. Send it again for its answer.',
    { retryAfterSeconds: 1 },
  );
}
