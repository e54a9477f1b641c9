import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type JobHandlers,
  type JobLane,
  type JobQueue,
  jobLanes,
  jobTable,
  runJob,
  systemClock,
} from '@vitrine/core';
import { isJobName, type JobId } from '@vitrine/schema';
import type { HeldJob, JobClaims } from './job-repository.ts';
import type { JobQueueSettings } from './queue-settings.ts';

export interface TableJobQueueOptions extends JobQueueSettings {
  /** Runs work in a write transaction with what a worker needs. */
  readonly transaction: <T>(work: (claims: JobClaims) => Promise<T>) => Promise<T>;
  readonly read: <T>(work: (claims: Pick<JobClaims, 'ready' | 'lost'>) => Promise<T>) => Promise<T>;
  readonly onCommitted: (listener: () => void) => () => void;
}

const keptDone = 1000;
const pruneEvery = 200;
/** A database that is busy or full for a moment must not let work be done twice. */
const endTries = 3;
const endPauseMs = 200;

/** Waits for the work, but no longer than this. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const abort = new AbortController();
  const pause = sleep(milliseconds, undefined, { signal: abort.signal }).catch(() => {});
  await Promise.race([work, pause]);
  abort.abort();
}

/** The queue: a table, leases that are renewed while a job runs, and a look at the table after every commit. */
export function createTableJobQueue(options: TableJobQueueOptions): JobQueue {
  const { transaction, read, onCommitted, logger, clock = systemClock } = options;
  const {
    concurrency = 2,
    networkConcurrency = 4,
    leaseMs = 15_000,
    pollMs = 1000,
    graceMs = 5000,
  } = options;
  const worker = randomUUID();
  const running = new Map<
    JobId,
    { readonly job: HeldJob; readonly abort: AbortController; ended: Promise<void> }
  >();
  let handlers: JobHandlers | null = null;
  let stopped: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  let again = false;
  /** Time to look for jobs whose worker died. */
  let due = false;
  let poll: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  let finished = 0;

  async function run(job: HeldJob, signal: AbortSignal, by: JobHandlers): Promise<void> {
    const outcome = await runJob(by, job, signal);
    const { id, name } = job;
    if (outcome.state === 'dead') logger.error({ job: id, name, error: outcome.error }, 'a job is dead');
    if (outcome.state === 'waiting')
      logger.warn({ job: id, name, error: outcome.error }, 'a job waits for another try');
    finished += 1;
    // Decided now: others end while this one waits for its transaction.
    const prunes = finished % pruneEvery === 0;
    for (let tries = 1; ; tries += 1) {
      try {
        await transaction(async (claims) => {
          await claims.finish({ id, worker, outcome, at: clock.now() });
          if (prunes) await claims.prune(keptDone);
        });
        return;
      } catch (error) {
        if (tries < endTries) await sleep(endPauseMs * tries);
        else {
          // Its lease runs out and it is run again; handlers can be.
          logger.error({ err: error, job: id }, 'a job’s end could not be written');
          return;
        }
      }
    }
  }

  function begin(job: HeldJob, by: JobHandlers): void {
    const abort = new AbortController();
    const entry = { job, abort, ended: Promise.resolve() };
    running.set(job.id, entry);
    entry.ended = run(job, abort.signal, by).finally(() => {
      running.delete(job.id);
      look();
    });
  }

  async function beat(): Promise<void> {
    const ids = [...running.keys()];
    if (ids.length === 0) return;
    const leaseUntil = clock.now() + leaseMs;
    const mine = new Set(await transaction((claims) => claims.beat({ ids, worker, leaseUntil })));
    for (const id of ids) {
      // Somebody else has it: this process was thought dead.
      if (!mine.has(id)) running.get(id)?.abort.abort();
    }
  }

  async function reclaim(): Promise<void> {
    // Asked of the reading connection, like `ready`: writers are not to be held up by a look.
    if (!(await read((claims) => claims.lost(clock.now())))) return;
    // When the clock jumped or the machine slept, the lost ones may be our own.
    await beat();
    const count = await transaction((claims) => claims.reclaim(clock.now()));
    if (count > 0) logger.warn({ count }, 'jobs whose worker died wait again');
  }

  const places: Record<JobLane, number> = { work: concurrency, network: networkConcurrency };
  const laneOf = (name: string): JobLane => (isJobName(name) ? jobTable[name].lane : 'work');

  async function takeJobsOf(lane: JobLane, by: JobHandlers): Promise<void> {
    const at = clock.now();
    const taking = [...running.values()].filter(({ job }) => laneOf(job.name) === lane).length;
    const free = places[lane] - taking;
    if (free <= 0) return;
    const where = { lane, except: [...running.keys()], at };
    // Most commits make no job. A claim is a commit too: one that takes nothing would have itself looked after without end.
    if (!(await read((claims) => claims.ready(where)))) return;
    const claim = { ...where, worker, limit: free, leaseUntil: at + leaseMs };
    const taken = await transaction((claims) => claims.claim(claim));
    for (const job of taken) begin(job, by);
  }

  async function takeJobs(by: JobHandlers): Promise<void> {
    if (due) {
      due = false;
      await reclaim();
    }
    for (const lane of jobLanes) await takeJobsOf(lane, by);
  }

  /** One look at a time; a wish for one meanwhile makes another. */
  function look(): void {
    const by = handlers;
    if (!by || stopped) return;
    if (looking) {
      again = true;
      return;
    }
    again = false;
    looking = takeJobs(by)
      .catch((error: unknown) => logger.error({ err: error }, 'jobs could not be taken'))
      .finally(() => {
        looking = null;
        if (again) look();
      });
  }

  async function stop(): Promise<void> {
    clearInterval(poll);
    unsubscribe();
    await looking;
    const ended = Promise.all([...running.values()].map((entry) => entry.ended));
    await within(graceMs, ended);
    for (const { abort } of running.values()) abort.abort();
    // Whoever does not listen is left behind: its lease runs out, and the job runs again.
    await within(graceMs, ended);
    clearInterval(heartbeat);
  }

  return {
    async start(by) {
      handlers = by;
      await reclaim();
      unsubscribe = onCommitted(look);
      poll = setInterval(() => {
        due = true;
        look();
      }, pollMs);
      heartbeat = setInterval(() => {
        beat().catch((error: unknown) => logger.error({ err: error }, 'leases could not be renewed'));
      }, leaseMs / 3);
      look();
    },

    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}
