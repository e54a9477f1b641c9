import { type Database, holdCollector } from '@vitrine/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteTestDatabase } from './support/open-sqlite-test-database.ts';

const renewMs = 30_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A database whose transactions fail while `failing` says so, and a hold of its collector. */
async function heldDatabase() {
  const test = await openSqliteTestDatabase();
  const state = { failing: false };
  let last: Promise<unknown> = Promise.resolve();
  const database: Pick<Database, 'transaction'> = {
    transaction(run) {
      if (state.failing) return Promise.reject(new Error('The database is busy.'));
      const done = test.database.transaction(run);
      last = done;
      return done;
    },
  };
  const hold = await holdCollector({ database, clock: { now: () => Date.now() } });
  /** Lets the renewal be due that many times, and each come to its end. */
  async function renewals(times: number): Promise<void> {
    for (let turn = 0; turn < times; turn += 1) {
      vi.advanceTimersByTime(renewMs);
      await last;
      await new Promise(setImmediate);
    }
  }
  return { test, state, hold, renewals };
}

test('a hold that is renewed in time is kept, though some renewals fail', async () => {
  const { test, state, hold, renewals } = await heldDatabase();
  await renewals(10);
  state.failing = true;
  await renewals(2);
  state.failing = false;
  await renewals(2);
  expect(() => hold[Symbol.dispose]()).not.toThrow();
  await test[Symbol.asyncDispose]();
});

test.each([4, 6])(
  'a hold that was lost says so, also when it was renewed later (%i missed)',
  async (missed) => {
    const { test, state, hold, renewals } = await heldDatabase();
    state.failing = true;
    await renewals(missed);
    state.failing = false;
    if (missed > 4) await renewals(2);
    expect(() => hold[Symbol.dispose]()).toThrow('not held');
    await test[Symbol.asyncDispose]();
  },
);
