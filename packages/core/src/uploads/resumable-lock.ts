import { randomUUID } from 'node:crypto';
import type { UploadId } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { UploadHolder } from './resumable-repository.ts';

/**
 * How long a lock is believed without a word from its holder. Short: a server that died holds a sender up for as long, and tus-js-client
 * gives up after nine seconds.
 */
const leaseMs = 8000;

export interface UploadLock extends AsyncDisposable {
  readonly held: UploadHolder;
  /** Aborts when the lock is lost, e.g. because this process stood still for longer than the lease. */
  readonly lost: AbortSignal;
  /** Throws `locked` unless the lock is certainly ours at this moment. */
  assertHeld(): void;
}

export function lockedElsewhere(): AppError {
  return new AppError('locked', 'Another request is writing to this upload. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}

type Parts = { readonly database: Database; readonly clock: Clock };

/** A holder that nobody else is, and until when its lock is good if it is taken now. */
export function newHolder(id: UploadId, clock: Clock): { held: UploadHolder; until: number } {
  return { held: { id, holder: randomUUID() }, until: clock.now() + leaseMs };
}

/** Keeps a lock that was just taken, until it is disposed of. */
export function keepLock({ database, clock }: Parts, held: UploadHolder, takenUntil: number): UploadLock {
  let until = takenUntil;
  const lost = new AbortController();
  const renew = async () => {
    const at = clock.now();
    const next = at + leaseMs;
    try {
      const renewed = await database.transaction(({ uploads }) => uploads.lock({ ...held, at, until: next }));
      if (renewed) until = next;
      else lost.abort(lockedElsewhere());
    } catch {
      // There are three more before the lease is over; when all of them fail, `assertHeld` ends the transfer.
    }
  };
  const timer = setInterval(renew, leaseMs / 4).unref();
  return {
    held,
    lost: lost.signal,
    assertHeld() {
      lost.signal.throwIfAborted();
      if (clock.now() >= until) throw lockedElsewhere();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await database.transaction(({ uploads }) => uploads.unlock(held));
    },
  };
}

/** Takes the lock of an upload. Fails with `locked` while somebody has it. */
export async function takeLock(parts: Parts, id: UploadId): Promise<UploadLock> {
  const { held, until } = newHolder(id, parts.clock);
  const at = parts.clock.now();
  const taken = await parts.database.transaction(({ uploads }) => uploads.lock({ ...held, at, until }));
  if (!taken) throw lockedElsewhere();
  return keepLock(parts, held, until);
}
