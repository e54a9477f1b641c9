import {
  type ClaimedJob,
  type JobLane,
  type JobOutcome,
  type JobReader,
  type JobWriter,
  jobTable,
  toTimestamp,
} from '@vitrine/core';
import { type Job, type JobId, jobNames } from '@vitrine/schema';
import { and, asc, count, desc, eq, inArray, lt, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../portable-database.ts';
import type { RepositoryContext } from '../repositories/repository-context.ts';

interface Claim {
  readonly worker: string;
  /** Whose places are to be filled. A job that only another version knows is of the lane 'work'. */
  readonly lane: JobLane;
  readonly limit: number;
  /** What runs here still, although it was taken away. */
  readonly except: readonly JobId[];
  /** Milliseconds. */
  readonly at: number;
  readonly leaseUntil: number;
}

export interface HeldJob extends ClaimedJob {
  readonly id: JobId;
}

/** What a worker needs beside adding and reading. */
export interface JobClaims {
  /** Whether a job may run now, other than what runs here still. */
  ready(where: Pick<Claim, 'lane' | 'except' | 'at'>): Promise<boolean>;
  /** Whether there are jobs whose worker has not been heard of. */
  lost(at: number): Promise<boolean>;
  /** Makes those wait again; answers how many. */
  reclaim(at: number): Promise<number>;
  /** Takes the most urgent jobs that may run. */
  claim(claim: Claim): Promise<HeldJob[]>;
  /** Keeps those of these jobs that the worker holds still; answers which. */
  beat(beat: {
    readonly ids: readonly JobId[];
    readonly worker: string;
    readonly leaseUntil: number;
  }): Promise<readonly JobId[]>;
  /** Nothing happens when the worker does not hold the job any more. */
  finish(end: {
    readonly id: JobId;
    readonly worker: string;
    readonly outcome: JobOutcome;
    readonly at: number;
  }): Promise<void>;
  /** Forgets done jobs, but for the newest. */
  prune(keep: number): Promise<void>;
}

type JobRow = Tables['jobs']['$inferSelect'];

function toJob(row: JobRow, at: number): Job {
  const { id, name, state, payload, attempts, maxAttempts, error } = row;
  const moment = (value: number | null) => (value === null ? null : toTimestamp(value));
  return {
    id,
    name,
    state,
    payload,
    attempts,
    maxAttempts,
    error,
    stuck: state === 'running' && row.leaseUntil !== null && row.leaseUntil < at,
    createdAt: toTimestamp(row.createdAt),
    runAt: toTimestamp(row.runAt),
    startedAt: moment(row.startedAt),
    finishedAt: moment(row.finishedAt),
  };
}

const networkJobs = jobNames.filter((name) => jobTable[name].lane === 'network');

const held = { worker: null, leaseUntil: null } as const;

export function createJobRepository({
  db,
  dialect,
  tables: { jobs },
}: RepositoryContext): JobReader & JobWriter & JobClaims {
  /**
   * Lets a job wait again, if it is still as it was found: another process may have been faster. A key that is taken means that the
   * same waits already, and will do this one's work.
   */
  async function waitAgain(
    { id, dedupeKey }: Pick<JobRow, 'id' | 'dedupeKey'>,
    still: SQL | undefined,
    change: Partial<JobRow>,
  ): Promise<boolean> {
    const found = and(eq(jobs.id, id), still);
    const [other] = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.waitingKey, dedupeKey));
    const rows = other
      ? await db.delete(jobs).where(found).returning({ id: jobs.id })
      : await db
          .update(jobs)
          .set({ ...change, ...held, state: 'waiting', waitingKey: dedupeKey })
          .where(found)
          .returning({ id: jobs.id });
    return rows.length > 0;
  }

  const heldBy = (worker: string) => and(eq(jobs.state, 'running'), eq(jobs.worker, worker));
  const lostAt = (at: number) => and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, at));

  /** Whatever becomes of a job, it says more than an earlier one of its key that died. */
  async function forgetDead(dedupeKey: string): Promise<void> {
    await db.delete(jobs).where(and(eq(jobs.state, 'dead'), eq(jobs.dedupeKey, dedupeKey)));
  }

  /** Of one key one runs at a time. */
  const mayRun = (at: number) => {
    const busy = db.select({ key: jobs.dedupeKey }).from(jobs).where(eq(jobs.state, 'running'));
    return and(eq(jobs.state, 'waiting'), lte(jobs.runAt, at), notInArray(jobs.dedupeKey, busy));
  };

  const ofLane = (lane: JobLane) => {
    switch (lane) {
      case 'work':
        return notInArray(jobs.name, networkJobs);
      case 'network':
        return inArray(jobs.name, networkJobs);
      default:
        return lane satisfies never;
    }
  };
  const mayBeTaken = ({ lane, except, at }: Pick<Claim, 'lane' | 'except' | 'at'>) =>
    and(mayRun(at), ofLane(lane), notInArray(jobs.id, [...except]));

  return {
    async enqueue({ id, name, payload, dedupeKey, priority, runAt, at, maxAttempts }) {
      await db
        .insert(jobs)
        .values({
          id,
          name,
          payload: { ...payload },
          dedupeKey,
          waitingKey: dedupeKey,
          state: 'waiting',
          // The other way round, so that one index is walked forwards for priority, time and id.
          priority: -priority,
          attempts: 0,
          maxAttempts,
          runAt,
          createdAt: at,
        })
        // It also locks the one that waits until this transaction ends: one that runs before would not see what this one writes.
        .onConflictDoUpdate({
          target: jobs.waitingKey,
          set: {
            priority: sql`case when excluded.priority < ${jobs.priority} then excluded.priority else ${jobs.priority} end`,
          },
        });
    },

    async find(id) {
      const [row] = await db.select({ id: jobs.id, state: jobs.state }).from(jobs).where(eq(jobs.id, id));
      return row ?? null;
    },

    async list({ states, limit, at }) {
      const order = sql`case
        when ${jobs.state} = 'dead' then 0
        when ${jobs.state} = 'running' and ${jobs.leaseUntil} < ${at} then 1
        when ${jobs.state} = 'running' then 2
        when ${jobs.state} = 'waiting' then 3
        else 4 end`;
      const rows = await db
        .select()
        .from(jobs)
        .where(states ? inArray(jobs.state, [...states]) : undefined)
        .orderBy(order, desc(jobs.id))
        .limit(limit);
      return rows.map((row) => toJob(row, at));
    },

    async counts(at) {
      const rows = await db.select({ state: jobs.state, count: count() }).from(jobs).groupBy(jobs.state);
      const [stuck] = await db
        .select({ count: count() })
        .from(jobs)
        .where(and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, at)));
      const of = (state: JobRow['state']) => rows.find((row) => row.state === state)?.count ?? 0;
      return { waiting: of('waiting'), running: of('running'), dead: of('dead'), stuck: stuck?.count ?? 0 };
    },

    async retry({ id, at }) {
      const dead = eq(jobs.state, 'dead');
      const [row] = await db
        .select({ id: jobs.id, dedupeKey: jobs.dedupeKey })
        .from(jobs)
        .where(and(eq(jobs.id, id), dead));
      const anew = { attempts: 0, runAt: at, error: null, startedAt: null, finishedAt: null };
      return row !== undefined && waitAgain(row, dead, anew);
    },

    async ready(where) {
      const [row] = await db.select({ id: jobs.id }).from(jobs).where(mayBeTaken(where)).limit(1);
      return row !== undefined;
    },

    async lost(at) {
      const [row] = await db.select({ id: jobs.id }).from(jobs).where(lostAt(at)).limit(1);
      return row !== undefined;
    },

    async reclaim(at) {
      const lost = await db.select({ id: jobs.id, dedupeKey: jobs.dedupeKey }).from(jobs).where(lostAt(at));
      let taken = 0;
      for (const job of lost) {
        if (await waitAgain(job, lostAt(at), { runAt: at, startedAt: null })) taken += 1;
      }
      return taken;
    },

    async claim({ worker, limit, leaseUntil, ...where }) {
      const { at } = where;
      const urgent = db
        .select({ id: jobs.id })
        .from(jobs)
        .where(mayBeTaken(where))
        .orderBy(asc(jobs.priority), asc(jobs.runAt), asc(jobs.id))
        .limit(limit);
      const next = await db
        .select({ id: sql<JobId>`next.id` })
        .from(sql`(${urgent.getSQL()} ${dialect.skipLocked}) as next`);
      if (next.length === 0) return [];
      const ids = next.map(({ id }) => id);
      const rows = await db
        .update(jobs)
        .set({
          state: 'running',
          waitingKey: null,
          worker,
          leaseUntil,
          startedAt: at,
          attempts: sql`${jobs.attempts} + 1`,
        })
        .where(and(inArray(jobs.id, ids), eq(jobs.state, 'waiting')))
        .returning();
      return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
    },

    async beat({ ids, worker, leaseUntil }) {
      const rows = await db
        .update(jobs)
        .set({ leaseUntil })
        .where(and(inArray(jobs.id, [...ids]), heldBy(worker)))
        .returning({ id: jobs.id });
      return rows.map(({ id }) => id);
    },

    async finish({ id, worker, outcome, at }) {
      const mine = heldBy(worker);
      const [row] = await db
        .select({ id: jobs.id, dedupeKey: jobs.dedupeKey, attempts: jobs.attempts })
        .from(jobs)
        .where(and(eq(jobs.id, id), mine));
      if (!row) return;
      switch (outcome.state) {
        case 'done':
        case 'dead':
          await forgetDead(row.dedupeKey);
          await db
            .update(jobs)
            .set({
              ...held,
              state: outcome.state,
              error: outcome.state === 'dead' ? outcome.error : null,
              finishedAt: at,
            })
            .where(and(eq(jobs.id, id), mine));
          return;
        case 'waiting':
          await waitAgain(row, mine, { runAt: at + outcome.pauseMs, error: outcome.error });
          return;
        case 'released':
          await waitAgain(row, mine, { runAt: at, attempts: row.attempts - 1, startedAt: null });
          return;
        default:
          outcome satisfies never;
      }
    },

    async prune(keep) {
      const kept = db
        .select({ id: jobs.id })
        .from(jobs)
        .where(eq(jobs.state, 'done'))
        .orderBy(desc(jobs.id))
        .limit(1)
        .offset(keep);
      await db.delete(jobs).where(and(eq(jobs.state, 'done'), sql`${jobs.id} <= ${kept}`));
    },
  };
}
