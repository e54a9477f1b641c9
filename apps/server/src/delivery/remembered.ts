import type { Clock } from '@vitrine/core';

/** So much is dropped at once when there is more; a page of thumbnails is far less. */
const most = 10_000;
const longestMs = 1000;

export interface RememberedOptions {
  /** See `Database.revision`. */
  readonly revision: () => number | null;
  readonly clock: Clock;
}

/** Findings that hang on nothing but the database and, to the second, the time. */
export interface Remembered<T> {
  find(key: string): T | undefined;
  /** Calls `look`, and remembers what it found if nobody committed anything meanwhile. */
  learn(key: string, look: () => Promise<T>): Promise<T>;
}

/** Remembers until anybody commits anything, and no longer than a second: the next look would have found the same. */
export function createRemembered<T>({ revision, clock }: RememberedOptions): Remembered<T> {
  const known = new Map<string, T>();
  let at: number | null = null;
  let until = 0;
  let current: number | null = null;
  let asked = false;

  /** Asked once in a turn of the event loop: whoever was told of a commit can only ask for something in a later one. */
  function revisionNow(): number | null {
    if (!asked) {
      current = revision();
      asked = true;
      setImmediate(() => {
        asked = false;
      });
    }
    return current;
  }

  /** Forgets what may not be so any more; answers the revision that the rest was found under. */
  function refresh(): number | null {
    const now = clock.now();
    revisionNow();
    if (current !== at || now >= until || known.size >= most) {
      known.clear();
      at = current;
      until = now + longestMs;
    }
    return current;
  }

  return {
    find(key) {
      refresh();
      return known.get(key);
    },
    async learn(key, look) {
      const before = refresh();
      const found = await look();
      if (before !== null && refresh() === before) known.set(key, found);
      return found;
    },
  };
}
