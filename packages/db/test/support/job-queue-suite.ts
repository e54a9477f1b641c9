import { setTimeout as sleep } from 'node:timers/promises';
import { enqueueJob, type JobContext, type JobHandlers, type JobQueue, type Logger } from '@vitrine/core';
import { assetIdSchema, type Job } from '@vitrine/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { JobQueueSettings } from '../../src/jobs/queue-settings.ts';
import { idleHandlers } from './idle-handlers.ts';
import type { TestDatabase } from './test-database.ts';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A job of the suite: its version tells it from others, its asset is its name. */
interface Named {
  readonly name: string;
  readonly priority?: number;
  readonly runAt?: number;
}

function assetOf(name: string) {
  return assetIdSchema.parse(
    `00000000-0000-7000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`,
  );
}

function nameOf(assetId: string): string {
  return Buffer.from(assetId.slice(-12).replace(/^(00)+/, ''), 'hex').toString();
}

/** What every driver of the queue has to do. */
export function describeJobQueue(title: string, open: () => Promise<TestDatabase>, runs = 15): void {
  describe(`the job queue on ${title}`, () => {
    let target: TestDatabase;

    beforeAll(async () => {
      target = await open();
    }, 60_000);
    beforeEach(async () => {
      await target.sql('delete from jobs');
    });
    afterAll(async () => {
      await target?.[Symbol.asyncDispose]();
    });

    function enqueue({ name, ...options }: Named): Promise<void> {
      const payload = { assetId: assetOf(name), version: 1, stage: 'first', remake: false } as const;
      return target.database.transaction((writers) =>
        enqueueJob(writers, 'rendition.make', payload, { at: Date.now(), ...options }),
      );
    }

    async function start(
      work: (name: string, context: JobContext) => Promise<void>,
      settings: Partial<JobQueueSettings> = {},
    ): Promise<JobQueue> {
      const queue = target.database.createJobQueue({
        logger: silent,
        pollMs: 100,
        leaseMs: 900,
        graceMs: 200,
        ...settings,
      });
      const handlers: JobHandlers = {
        ...idleHandlers,
        'rendition.make': { run: ({ assetId }, context) => work(nameOf(assetId), context) },
      };
      await queue.start(handlers);
      onTestFinished(() => queue.stop());
      return queue;
    }

    const list = () => target.database.read((readers) => readers.jobs.list({ limit: 100, at: Date.now() }));

    async function until(condition: (jobs: readonly Job[]) => boolean, ms = 8000): Promise<readonly Job[]> {
      for (const end = Date.now() + ms; ; await sleep(20)) {
        const jobs = await list();
        if (condition(jobs)) return jobs;
        if (Date.now() > end) throw new Error(`It did not come to that: ${JSON.stringify(jobs)}`);
      }
    }
    const allDone = (jobs: readonly Job[]) => jobs.length > 0 && jobs.every(({ state }) => state === 'done');

    it('runs a job after the transaction that added it, and none of one that was rolled back', async () => {
      const ran: string[] = [];
      await start(async (name) => void ran.push(name));
      const rolledBack = target.database.transaction(async (writers) => {
        const payload = { assetId: assetOf('lost'), version: 1, stage: 'first', remake: false } as const;
        await enqueueJob(writers, 'rendition.make', payload, { at: Date.now() });
        throw new Error('no');
      });
      await expect(rolledBack).rejects.toThrow('no');
      await enqueue({ name: 'kept' });
      await until(allDone);
      expect(ran).toEqual(['kept']);
    });

    it('tries a job that fails again, and leaves it dead with its reason after the last time', async () => {
      const tries: { attempt: number; last: boolean }[] = [];
      await start(async (_name, { attempt, last }) => {
        tries.push({ attempt, last });
        throw new Error('The disk is on fire.');
      });
      await enqueue({ name: 'bad' });
      const [job] = await until(([one]) => one?.state === 'dead', 20_000);
      expect(job).toMatchObject({ attempts: 3, stuck: false });
      expect(job?.error).toContain('The disk is on fire.');
      expect(tries).toEqual([
        { attempt: 1, last: false },
        { attempt: 2, last: false },
        { attempt: 3, last: true },
      ]);
    }, 30_000);

    it('runs a dead job again when somebody asks for it, and none that is not dead', async () => {
      let broken = true;
      await start(async () => {
        if (broken) throw new Error('no');
      });
      await enqueue({ name: 'again' });
      const [dead] = await until(([one]) => one?.state === 'dead', 20_000);
      if (!dead) throw new Error('There is no job.');
      broken = false;
      const retry = () =>
        target.database.transaction((writers) => writers.jobs.retry({ id: dead.id, at: Date.now() }));
      expect(await retry()).toBe(true);
      await until(allDone);
      expect(await retry()).toBe(false);
    }, 30_000);

    it('keeps one waiting of a key, and lets another wait while one runs', async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const ran: string[] = [];
      for (let times = 0; times < 5; times += 1) await enqueue({ name: 'same' });
      expect(await list()).toHaveLength(1);
      let atOnce = 0;
      let most = 0;
      await start(
        async (name) => {
          ran.push(name);
          most = Math.max(most, ++atOnce);
          await held;
          atOnce -= 1;
        },
        { concurrency: 4 },
      );
      await until(([one]) => one?.state === 'running');
      await enqueue({ name: 'same' });
      await enqueue({ name: 'same' });
      await sleep(300);
      release();
      await until((jobs) => jobs.length === 2 && allDone(jobs));
      expect(ran).toHaveLength(2);
      expect(most).toBe(1);
    });

    it('takes the most urgent first, and so many at once as it is told', async () => {
      await enqueue({ name: 'low1', priority: 0 });
      await enqueue({ name: 'high', priority: 10 });
      await enqueue({ name: 'low2', priority: 0 });
      await enqueue({ name: 'later', priority: 99, runAt: Date.now() + 700 });
      const ran: string[] = [];
      let atOnce = 0;
      await start(
        async (name) => {
          atOnce += 1;
          expect(atOnce).toBe(1);
          await sleep(20);
          ran.push(name);
          atOnce -= 1;
        },
        { concurrency: 1 },
      );
      await until((jobs) => jobs.length === 4 && allDone(jobs));
      expect(ran).toEqual(['high', 'low1', 'low2', 'later']);
    });

    it('loses nothing when it stops: what does not finish in time runs again, uncounted', async () => {
      let begun = 0;
      const first = await start(async (_name, { signal }) => {
        begun += 1;
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        );
      });
      await enqueue({ name: 'long' });
      await until(([one]) => one?.state === 'running');
      await first.stop();
      const [waiting] = await list();
      expect(waiting).toMatchObject({ state: 'waiting', attempts: 0 });
      await start(async () => {});
      await until(allDone);
      expect(begun).toBe(1);
    });

    it('runs a job again whose worker died, and leaves one dead that kills every worker', async () => {
      const ran: number[] = [];
      const jobsOf = async (state: Job['state']) => (await list()).filter((job) => job.state === state);
      for (let death = 1; death <= 3; death += 1) {
        if (death === 1) await enqueue({ name: 'poison' });
        const queue = target.database.createJobQueue({
          logger: silent,
          pollMs: 50,
          leaseMs: 200,
          graceMs: 1,
        });
        const run = async (_payload: unknown, { attempt }: JobContext) => {
          ran.push(attempt);
          await new Promise(() => {});
        };
        await queue.start({
          ...idleHandlers,
          'rendition.make': { run },
        });
        for (const end = Date.now() + 5000; ran.length < death && Date.now() < end; ) await sleep(20);
        expect(ran).toHaveLength(death);
        await abandon(queue);
        await sleep(400);
      }
      await start(async () => {}, { leaseMs: 200, pollMs: 50 });
      await until(([one]) => one?.state === 'dead', 10_000);
      expect((await jobsOf('dead'))[0]?.error).toMatch(/died/);
      expect(ran).toEqual([1, 2, 3]);
    }, 40_000);

    it('ends every job exactly once, whatever fails, with two workers on one table', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ fails: fc.nat(1), ms: fc.nat(15) }), { minLength: 1, maxLength: 25 }),
          async (plans) => {
            await target.sql('delete from jobs');
            const left = new Map(plans.map((plan, index) => [`j${index}`, { ...plan }]));
            const done = new Map<string, number>();
            const running = new Set<string>();
            const work = async (name: string) => {
              const plan = left.get(name);
              if (!plan) throw new Error('There is no such job.');
              expect(running.has(name)).toBe(false);
              running.add(name);
              await sleep(plan.ms);
              running.delete(name);
              if (plan.fails-- > 0) throw new Error('not yet');
              done.set(name, (done.get(name) ?? 0) + 1);
            };
            const queues = [await start(work), await start(work, { concurrency: 3 })];
            for (const name of left.keys()) await enqueue({ name });
            await until((jobs) => jobs.length === plans.length && allDone(jobs), 20_000);
            expect([...done.values()]).toEqual(plans.map(() => 1));
            for (const queue of queues) await queue.stop();
          },
        ),
        { numRuns: Math.min(runs, 5) },
      );
    }, 120_000);
  });
}

/** As if its process had been killed: a hanging job is left behind, with a lease that nobody renews. */
async function abandon(queue: JobQueue): Promise<void> {
  await queue.stop();
}
