import type { Sha256 } from '@vitrine/schema';
import type { Actor, Caller } from '../access/actor.ts';
import { AppError } from '../app-error.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import type { IdempotentAnswer } from './idempotency-repository.ts';

/** How long an answer is kept, and a key stands for one request. */
const keptMs = 24 * 60 * 60 * 1000;
/** Longer than any create takes once its bytes are there. */
const leaseMs = 5 * 60 * 1000;

export interface OnceInput<T> {
  /** What the sender chose; null: it is not to be remembered. */
  readonly key: string | null;
  readonly fingerprint: Sha256;
  readonly work: (caller: Caller) => Promise<T>;
  /** The answer to a request that was answered before. */
  readonly replay: (answer: IdempotentAnswer) => Promise<T>;
}

/** Lets a create be sent again without being done again. */
export interface IdempotencyService {
  /**
   * Does the work, unless this key's request was done already: then it is answered as it was. A refused request gives its key back. Fails
   * with `idempotency_key_reused` for another request under the key, and with `still_running` while the first is under way.
   */
  once<T>(caller: Caller, input: OnceInput<T>): Promise<T>;
  /** Forgets what is older than a day; answers how many. */
  prune(): Promise<number>;
}

const nameOf = (actor: Actor) => (actor.kind === 'user' ? `user:${actor.userId}` : `key:${actor.keyId}`);

export function createIdempotencyService({
  database,
  clock,
}: Pick<ServiceDependencies, 'database' | 'clock'>): IdempotencyService {
  return {
    async once(caller, { key, fingerprint, work, replay }) {
      if (key === null) return work(caller);
      const request = { actor: nameOf(caller.actor), key, fingerprint };
      const at = clock.now();
      const found = await database.transaction((writers) =>
        writers.idempotency.begin({ ...request, at, since: at - keptMs, leaseUntil: at + leaseMs }),
      );
      switch (found.state) {
        case 'done':
          return replay(found.answer);
        case 'running':
          throw new AppError(
            'still_running',
            'A request with this Idempotency-Key is still being worked on. Send it again in a moment.',
            { retryAfterSeconds: 1 },
          );
        case 'reused':
          throw new AppError(
            'idempotency_key_reused',
            'This Idempotency-Key was sent with another request in the last 24 hours. Choose a new key for each new request.',
          );
        case 'begun':
          break;
        default:
          return found satisfies never;
      }
      try {
        return await work({ ...caller, idempotency: request });
      } catch (error) {
        await database.transaction((writers) => writers.idempotency.release(request));
        throw error;
      }
    },

    prune() {
      return database.transaction((writers) => writers.idempotency.prune(clock.now() - keptMs));
    },
  };
}
