import { setTimeout as sleep } from 'node:timers/promises';
import { enqueueJob, type JobContext, type JobHandlers, type JobQueue, type Logger } from '@vitrine/core';
import { assetIdSchema, type Job } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { JobQueueSettings } from '../../src/jobs/queue-settings.ts';
import { idleHandlers } from './idle-handlers.ts';
import type { TestDatabase } from './test-database.ts';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

const assetOf = (index: number) =>
  assetIdSchema.parse(`00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`);
const indexOf = (assetId: string) => Number.parseInt(assetId.slice(-12), 16);
const payloadOf = (index: number) =>
  ({ assetId: assetOf(index), version: 1, stage: 'first', remake: false }) as const;

/** A process that may be killed: what it runs then never ends, and nobody renews its leases. */
interface Worker {
  dead: boolean;
}
type Work = (index: number, context: JobContext) => Promise<void>;

/** What several processes, or a process and a transaction that is still open, must not do to one another. */
export function describeJobRaces(title: string, open: () => Promise<TestDatabase>): void {
  describe(`races of the job queue on ${title}`, () => {
    let target: TestDatabase;

    beforeAll(async () => {
      target = await open();
    }, 60_000);
    beforeEach(() => target.sql('delete from jobs'));
    afterAll(() => target?.[Symbol.asyncDispose]());

    const enqueue = (index: number, at = Date.now()) =>
      target.database.transaction((writers) =>
        enqueueJob(writers, 'rendition.make', payloadOf(index), { at }),
      );
    const list = (at = Date.now()) =>
      target.database.read((readers) => readers.jobs.list({ limit: 500, at }));

    async function start(work: Work, settings: Partial<JobQueueSettings> = {}) {
      const queue = target.database.createJobQueue({
        logger: silent,
        pollMs: 40,
        leaseMs: 300,
        graceMs: 30,
        ...settings,
      });
      const handlers: JobHandlers = {
        ...idleHandlers,
        'rendition.make': { run: ({ assetId }, context) => work(indexOf(assetId), context) },
      };
      await queue.start(handlers);
      onTestFinished(() => queue.stop());
      return queue;
    }

    async function until(condition: (jobs: readonly Job[]) => boolean, ms: number): Promise<readonly Job[]> {
      for (const end = Date.now() + ms; ; await sleep(20)) {
        const jobs = await list();
        if (condition(jobs)) return jobs;
        if (Date.now() > end) throw new Error(`It did not come to that: ${JSON.stringify(jobs)}`);
      }
    }
    const ended = (jobs: readonly Pick<Job, 'state'>[]) =>
      jobs.every(({ state }) => state === 'done' || state === 'dead');

    it('runs a job again for a transaction that asked for it and was committed after it had run', async () => {
      const begun: number[] = [];
      await enqueue(1);
      const asked = Promise.withResolvers<void>();
      const asking = target.database.transaction(async (writers) => {
        await enqueueJob(writers, 'rendition.make', payloadOf(1), { at: Date.now() });
        asked.resolve();
        await sleep(250);
        return performance.now();
      });
      await asked.promise;
      await start(async () => void begun.push(performance.now()));
      const committing = await asking;
      await until(ended, 5000);
      expect(Math.max(...begun)).toBeGreaterThanOrEqual(committing);
    });

    it('takes lost jobs back once each, however many processes find them at the same time', async () => {
      const count = 60;
      for (let index = 0; index < count; index += 1) await enqueue(index);
      await target.sql(
        "update jobs set state = 'running', waiting_key = null, worker = 'gone', lease_until = 1, attempts = 1",
      );
      const runs = new Map<number, number>();
      const work: Work = async (index) => {
        runs.set(index, (runs.get(index) ?? 0) + 1);
        await sleep(60);
      };
      const settings = { leaseMs: 15_000, concurrency: 20 };
      await Promise.all(Array.from({ length: 5 }, () => start(work, settings)));
      const jobs = await until(ended, 20_000);
      expect(jobs).toHaveLength(count);
      expect([...runs.values()]).toEqual(Array.from({ length: count }, () => 1));
    }, 30_000);

    it('loses no request and runs no key twice at once while many ask and several work', async () => {
      const keys = 4;
      /** Per key: what was committed last, and what the last run to begin had seen. */
      const committed = new Array<number>(keys).fill(0);
      const seen = new Array<number>(keys).fill(0);
      const running = new Set<number>();
      let overlaps = 0;
      const work: Work = async (key) => {
        if (running.has(key)) overlaps += 1;
        running.add(key);
        seen[key] = committed[key] ?? 0;
        await sleep(Math.random() * 25);
        running.delete(key);
      };
      for (let queue = 0; queue < 3; queue += 1) await start(work, { leaseMs: 15_000, concurrency: 3 });
      const ask = async (writer: number) => {
        for (let turn = 0; turn < 25; turn += 1) {
          const key = (writer + turn) % keys;
          await target.database.transaction(async (writers) => {
            await enqueueJob(writers, 'rendition.make', payloadOf(key), { at: Date.now() });
            await sleep(Math.random() * 5);
            // As if it were a row that this transaction writes; a run that begins later must see it.
            committed[key] = (committed[key] ?? 0) + 1;
          });
        }
      };
      await Promise.all(Array.from({ length: 6 }, (_, writer) => ask(writer)));
      await until(ended, 20_000);
      expect(seen).toEqual(committed);
      expect(overlaps).toBe(0);
    }, 40_000);

    it('ends every job once, as done or dead, whatever fails, stops or dies meanwhile', async () => {
      const step = fc.oneof(
        { weight: 4, arbitrary: fc.record({ kind: fc.constant('enqueue' as const), index: fc.nat(11) }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant('pause' as const), ms: fc.nat(40) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('stop' as const, 'kill' as const) }) },
      );
      const fates = fc.array(fc.constantFrom('succeeds', 'fails', 'hangs'), { minLength: 12, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fates, async (steps, fate) => {
          await target.sql('delete from jobs');
          const asked = new Set<number>();
          const hired: { readonly queue: JobQueue; readonly self: Worker }[] = [];
          const running = new Map<number, Worker>();
          let overlaps = 0;
          let skipped = 0;
          const clock = { now: () => Date.now() + skipped };

          async function hire() {
            const self: Worker = { dead: false };
            const work: Work = async (index, { attempt, signal }) => {
              const other = running.get(index);
              if (other && !other.dead) overlaps += 1;
              running.set(index, self);
              try {
                await sleep(2);
                // Like a program that lets go when it is told to.
                if (fate[index] === 'hangs' && attempt === 1) await sleep(60, undefined, { signal });
              } finally {
                if (self.dead) await new Promise(() => {});
                running.delete(index);
              }
              if (fate[index] === 'fails') throw new Error('no');
            };
            hired.push({ queue: await start(work, { concurrency: 2, clock }), self });
          }

          async function play(one: (typeof steps)[number]) {
            switch (one.kind) {
              case 'enqueue':
                asked.add(one.index);
                return enqueue(one.index, clock.now());
              case 'pause':
                return sleep(one.ms);
              case 'stop':
              case 'kill': {
                const victim = hired.shift();
                if (victim) victim.self.dead = one.kind === 'kill';
                await victim?.queue.stop();
                return hire();
              }
              default:
                return one satisfies never;
            }
          }

          try {
            await hire();
            await hire();
            for (const one of steps) await play(one);
            let jobs = await list(clock.now());
            for (const end = Date.now() + 10_000; !ended(jobs) && Date.now() < end; ) {
              await sleep(10);
              jobs = await list(clock.now());
              // What failed waits for seconds. Nothing runs that would lose its lease by the jump.
              if (
                jobs.every(
                  ({ state, runAt }) =>
                    (state !== 'running' && Date.parse(runAt) > clock.now() - 500) || ended([{ state }]),
                )
              )
                skipped += 5000;
            }
            expect(ended(jobs)).toBe(true);
            for (const index of asked) {
              const mine = jobs.filter(({ payload }) => payload['assetId'] === assetOf(index));
              // Every request is answered; what is said of a failure is said once.
              if (fate[index] === 'fails') expect(mine.map(({ state }) => state)).toEqual(['dead']);
              else expect(new Set(mine.map(({ state }) => state))).toEqual(new Set(['done']));
            }
            expect(overlaps).toBe(0);
          } finally {
            await Promise.all(hired.map(({ queue }) => queue.stop()));
          }
        }),
        { numRuns: 12 },
      );
    }, 180_000);
  });
}
