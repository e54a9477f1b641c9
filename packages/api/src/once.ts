import { type Caller, fingerprintOf, type IdempotentAnswer } from '@vitrine/core';
import type { Context } from './context.ts';

interface Create<T> {
  /** The procedure's name. */
  readonly operation: string;
  readonly input: unknown;
  readonly work: (caller: Caller) => Promise<T>;
  readonly replay: (answer: IdempotentAnswer) => Promise<T>;
}

/** Does a create once for each `Idempotency-Key`; without a key, each time. */
export function once<T>(
  { caller, services, idempotencyKey }: Pick<Context, 'services' | 'idempotencyKey'> & { caller: Caller },
  { operation, input, work, replay }: Create<T>,
): Promise<T> {
  const fingerprint = fingerprintOf(operation, input);
  return services.idempotency.once(caller, { key: idempotencyKey, fingerprint, work, replay });
}
