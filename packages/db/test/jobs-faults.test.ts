import { setTimeout as sleep } from 'node:timers/promises';
import { enqueueJob, type JobContext, type JobQueue, type Logger } from '@vitrine/core';
import { assetIdSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { createJobRepository, type JobClaims } from '../src/jobs/job-repository.ts';
import { createTableJobQueue } from '../src/jobs/table-job-queue.ts';
import { sqliteDialect } from '../src/sqlite-dialect.ts';
import * as sqliteTables from '../src/tables/sqlite.ts';
import * as searchTables from '../src/tables/sqlite-search.ts';
import { openTemporarySqlite } from '../src/testing.ts';
import { idleHandlers } from './support/idle-handlers.ts';

const tables = { ...sqliteTables, ...searchTables };
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

type Work = (version: number, context: JobContext) => Promise<void>;

/** A queue on a real file whose writes and whose clock a test can disturb. */
async function disturbed(
  settings: { graceMs?: number; leaseMs?: number; pollMs?: number; concurrency?: number } = {},
) {
  const temporary = await openTemporarySqlite();
  const { database } = temporary;
  const claimsOn = (db: typeof database.reader) =>
    createJobRepository({ db, tables, dialect: sqliteDialect });
  const faults = { failing: (_claims: JobClaims): boolean => false, ends: 0, writes: 0, skippedMs: 0 };
  const clock = { now: () => Date.now() + faults.skippedMs };
  const queues: JobQueue[] = [];

  async function start(work: Work): Promise<JobQueue> {
    const queue = createTableJobQueue({
      logger: silent,
      pollMs: 30,
      leaseMs: 450,
      graceMs: 50,
      clock,
      ...settings,
      transaction: (act) =>
        database.exclusive(async (db) => {
          faults.writes += 1;
          const claims = claimsOn(db);
          return act({
            ...claims,
            async finish(end) {
              faults.ends += 1;
              if (faults.failing(claims)) throw new Error('The disk is full.');
              await claims.finish(end);
            },
          });
        }),
      read: (act) => act(claimsOn(database.reader)),
      onCommitted: database.onCommitted,
    });
    queues.push(queue);
    await queue.start({
      ...idleHandlers,
      'rendition.make': { run: ({ version }, context) => work(version, context) },
    });
    return queue;
  }

  return {
    faults,
    start,
    claims: <T>(act: (claims: JobClaims) => Promise<T>) => database.exclusive((db) => act(claimsOn(db))),
    enqueue: (version: number) =>
      database.transaction((writers) => {
        const assetId = assetIdSchema.parse('00000000-0000-7000-8000-000000000001');
        const payload = { assetId, version, stage: 'first', remake: false } as const;
        return enqueueJob(writers, 'rendition.make', payload, { at: clock.now() });
      }),
    list: () => database.read((readers) => readers.jobs.list({ limit: 3000, at: clock.now() })),
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.stop()));
      await temporary[Symbol.asyncDispose]();
    },
  };
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 8000; !(await condition()); await sleep(10)) {
    if (Date.now() > end) throw new Error('It did not come to that.');
  }
}

describe('the job queue, when something goes wrong', () => {
  it('begins a job when it is committed, without looking for it from time to time', async () => {
    await using test = await disturbed({ pollMs: 3_600_000 });
    let begun = 0;
    await test.start(async () => {
      begun += 1;
    });
    for (let version = 1; version <= 9; version += 1) {
      await test.enqueue(version);
      await until(() => begun === version);
    }
  });

  it('writes the end of a job again when that fails for a moment, instead of running it twice', async () => {
    await using test = await disturbed();
    let runs = 0;
    test.faults.failing = () => test.faults.ends <= 2;
    await test.start(async () => {
      runs += 1;
    });
    await test.enqueue(1);
    await until(async () => (await test.list())[0]?.state === 'done');
    expect([runs, test.faults.ends]).toEqual([1, 3]);
  });

  it('runs a job again whose end could not be written, also while its process runs others', async () => {
    await using test = await disturbed({ leaseMs: 300, concurrency: 2 });
    const runs: number[] = [];
    const release = Promise.withResolvers<void>();
    test.faults.failing = () => test.faults.ends <= 3;
    await test.start(async (version) => {
      runs.push(version);
      if (version === 2) await release.promise;
    });
    await test.enqueue(1);
    await test.enqueue(2);
    await until(() => runs.filter((version) => version === 1).length === 2);
    release.resolve();
    await until(async () => (await test.list()).every(({ state }) => state === 'done'));
    expect(runs.toSorted()).toEqual([1, 1, 2]);
  });

  it('keeps what it runs when the clock jumps further than a lease', async () => {
    await using test = await disturbed();
    let runs = 0;
    let aborted = false;
    const release = Promise.withResolvers<void>();
    await test.start(async (_version, { signal }) => {
      runs += 1;
      await release.promise;
      aborted = signal.aborted;
    });
    await test.enqueue(1);
    await until(() => runs === 1);
    test.faults.skippedMs = 3_600_000;
    await sleep(200);
    release.resolve();
    await until(async () => (await test.list())[0]?.state === 'done');
    expect([runs, aborted]).toEqual([1, false]);
  });

  it('tells a job that it was taken away, and begins it again only when that run has ended', async () => {
    await using test = await disturbed({ concurrency: 2 });
    const contexts: JobContext[] = [];
    const release = Promise.withResolvers<void>();
    await test.start(async (_version, context) => {
      contexts.push(context);
      await release.promise;
    });
    await test.enqueue(1);
    await until(() => contexts.length === 1);
    // As another process does that has not heard of this one for long.
    await test.claims((claims) => claims.reclaim(Date.now() + 3_600_000));
    await until(() => contexts[0]?.signal.aborted === true);
    // It may be begun from the time on at which it was taken away.
    test.faults.skippedMs = 3_601_000;
    await sleep(100);
    expect(contexts).toHaveLength(1);
    release.resolve();
    await until(async () => (await test.list())[0]?.state === 'done');
    expect(contexts).toHaveLength(2);
    expect(contexts[1]?.signal.aborted).toBe(false);
  });

  it('writes nothing while there is nothing to do', async () => {
    await using test = await disturbed();
    await test.start(async () => {});
    await sleep(50);
    const before = test.faults.writes;
    await sleep(400);
    expect(test.faults.writes).toBe(before);
  });

  it('stops once, in two graces at most, whoever asks and however deaf a job is', async () => {
    const graceMs = 500;
    await using test = await disturbed({ graceMs });
    let begun = false;
    const queue = await test.start(async () => {
      begun = true;
      await new Promise(() => {});
    });
    await test.enqueue(1);
    await until(() => begun);
    const from = performance.now();
    await Promise.all([queue.stop(), queue.stop()]);
    await queue.stop();
    expect(performance.now() - from).toBeLessThan(3 * graceMs);
    expect((await test.list())[0]?.state).toBe('running');
  });

  it('keeps the newest thousand of what is done, and everything else', async () => {
    await using test = await disturbed({ concurrency: 50 });
    const failing = 3;
    await test.start(async (version) => {
      if (version <= failing) throw new Error('no');
    });
    for (let version = 1; version <= 1450; version += 1) await test.enqueue(version);
    const count = async (wanted: string) =>
      (await test.list()).filter(({ state }) => state === wanted).length;
    await until(async () => (await count('waiting')) === failing && (await count('running')) === 0);
    expect(await count('done')).toBeGreaterThanOrEqual(1000);
    expect(await count('done')).toBeLessThan(1300);
  }, 60_000);
});
