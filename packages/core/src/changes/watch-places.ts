import type { Actor } from '../access/actor.ts';
import { AppError } from '../app-error.ts';

/** How many may watch at once with one credential's principal. */
const placesPerPrincipal = 20;

/** Counts who watches. */
export interface WatchPlaces {
  /** Fails with `rate_limited` when the principal has all its places taken. Disposing the place gives it back. */
  take(actor: Actor): Disposable;
}

function principalOf(actor: Actor): string {
  return actor.kind === 'user' ? `user ${actor.userId}` : `key ${actor.keyId}`;
}

export function createWatchPlaces(): WatchPlaces {
  const taken = new Map<string, number>();
  return {
    take(actor) {
      const principal = principalOf(actor);
      const count = taken.get(principal) ?? 0;
      if (count >= placesPerPrincipal) {
        const detail = `More than ${placesPerPrincipal} watches at once. End one, or let them share one.`;
        throw new AppError('rate_limited', detail, { retryAfterSeconds: 10 });
      }
      taken.set(principal, count + 1);
      return {
        [Symbol.dispose]() {
          const left = (taken.get(principal) ?? 1) - 1;
          if (left > 0) taken.set(principal, left);
          else taken.delete(principal);
        },
      };
    },
  };
}
