import { setTimeout as pause } from 'node:timers/promises';

/** Waits so that no more bytes a second go by than are allowed. */
export type Pace = (bytes: number) => Promise<void>;

/** Shorter waits are saved up: a timer is not that exact. */
const leastWaitMs = 20;

/** `bytesPerSecond` 0: as fast as it goes. Waiting ends with the signal's reason. */
export function createPace(bytesPerSecond: number, signal?: AbortSignal): Pace {
  const begin = performance.now();
  let total = 0;
  return async (bytes) => {
    signal?.throwIfAborted();
    if (bytesPerSecond === 0) return;
    total += bytes;
    const ahead = (total / bytesPerSecond) * 1000 - (performance.now() - begin);
    if (ahead > leastWaitMs) await pause(ahead, undefined, { signal });
  };
}
