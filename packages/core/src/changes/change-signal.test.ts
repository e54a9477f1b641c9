import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChangeSignalOptions, createChangeSignal } from './change-signal.ts';

/** A change log that counts how often it is looked at. */
function fakeLog() {
  const listeners = new Set<() => void>();
  const log = { newest: 0, looks: 0, broken: false };
  const options: ChangeSignalOptions = {
    async newest() {
      log.looks += 1;
      const { newest } = log;
      // Reading takes its time, and what it finds is from when it began.
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (log.broken) throw new Error('The database is busy.');
      return newest;
    },
    onCommitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    log,
    options,
    listeners,
    commit(changes = 1) {
      log.newest += changes;
      for (const listener of listeners) listener();
    },
  };
}

function start() {
  const fake = fakeLog();
  const signal = createChangeSignal(fake.options);
  /** Waits, and tells after how many milliseconds that was over. */
  const wait = async (seq: number, timeoutMs = 60_000, abort = new AbortController().signal) => {
    const since = performance.now();
    await signal.beyond(seq, { signal: abort, timeoutMs });
    return performance.now() - since;
  };
  return { ...fake, signal, wait };
}

describe('those who wait for changes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('hear of a commit of this process at once', async () => {
    const { commit, wait } = start();
    const waited = wait(0);
    await vi.advanceTimersByTimeAsync(500);
    commit();
    await vi.advanceTimersByTimeAsync(20);
    expect(await waited).toBeLessThan(520);
  });

  it('hear within a second of what another process wrote', async () => {
    const { log, wait } = start();
    const waited = wait(0);
    await vi.advanceTimersByTimeAsync(2500);
    log.newest += 1;
    await vi.advanceTimersByTimeAsync(1010);
    expect(await waited).toBeLessThan(3510);
  });

  it('share ten looks a second, however many they are and however much is committed', async () => {
    const { log, commit, signal, wait } = start();
    const waited = Promise.all(Array.from({ length: 100 }, () => wait(1_000_000)));
    await vi.advanceTimersByTimeAsync(1000);
    log.looks = 0;
    for (let turn = 0; turn < 1000; turn++) {
      commit();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(log.looks).toBeGreaterThan(90);
    expect(log.looks).toBeLessThanOrEqual(101);
    signal.close();
    await waited;
  });

  it('miss nothing that was committed between their own look and the wait, or during a look', async () => {
    const { commit, wait } = start();
    commit();
    const first = wait(0);
    await vi.advanceTimersByTimeAsync(20);
    expect(await first).toBeLessThan(20);

    const second = wait(1);
    await vi.advanceTimersByTimeAsync(300);
    commit(0);
    await vi.advanceTimersByTimeAsync(2);
    // The look has begun and does not see this one.
    commit();
    await vi.advanceTimersByTimeAsync(150);
    expect(await second).toBeLessThan(460);
  });

  it('are released when their time is up, when they leave and when everything ends, and leave nothing behind', async () => {
    const { listeners, signal, wait } = start();
    const leave = new AbortController();
    const timed = wait(0, 700);
    const left = wait(0, 60_000, leave.signal);
    const ended = wait(0);
    await vi.advanceTimersByTimeAsync(700);
    expect(await timed).toBe(700);
    leave.abort();
    expect(await left).toBe(700);
    await vi.advanceTimersByTimeAsync(100);
    signal.close();
    expect(await ended).toBe(800);
    expect(await wait(0)).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners.size).toBe(0);
  });

  it('are told when the database is back after it could not be read', async () => {
    const { log, commit, wait } = start();
    const waited = wait(0);
    log.broken = true;
    commit();
    await vi.advanceTimersByTimeAsync(1500);
    log.broken = false;
    await vi.advanceTimersByTimeAsync(1010);
    expect(await waited).toBeLessThan(2600);
  });

  it('cost nothing while there are none', async () => {
    const { log, commit } = start();
    for (let turn = 0; turn < 100; turn++) commit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(log.looks).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
