import { type ClaimedJob, type JobOutcome, type JobReader, type JobWriter, toTimestamp } from '@vitrine/core';
import type { Job, JobId } from '@vitrine/schema';
import { and, asc, count, desc, eq, inArray, lt, lte, notInArray, sql } from 'drizzle-orm';
import type { Tables } from '../portable-database.ts';
import type { RepositoryContext } from '../repositories/repository-context.ts';

interface Claim {
  readonly worker: string;
  readonly limit: number;
  /** Milliseconds. */
  readonly at: number;
  readonly leaseUntil: number;
}

export interface HeldJob extends ClaimedJob {
  readonly id: JobId;
}

/** What a worker needs beside adding and reading. */
export interface JobClaims {
  /** Whether a job may run now. */
  ready(at: number): Promise<boolean>;
  /** Makes jobs whose worker has not been heard of wait again. */
  reclaim(at: number): Promise<number>;
  /** Takes the most urgent jobs that may run. */
  claim(claim: Claim): Promise<HeldJob[]>;
  /** Keeps what the worker holds; answers what it holds still. */
  beat(beat: { readonly worker: string; readonly leaseUntil: number }): Promise<readonly JobId[]>;
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

const held = { worker: null, leaseUntil: null } as const;

export function createJobRepository({
  db,
  tables: { jobs },
}: RepositoryContext): JobReader & JobWriter & JobClaims {
  /** A key that is taken means that the same waits already, and will do this one's work. */
  async function waitAgain(id: JobId, change: Partial<JobRow>): Promise<void> {
    const [row] = await db.select({ key: jobs.dedupeKey }).from(jobs).where(eq(jobs.id, id));
    if (!row) return;
    const [other] = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.waitingKey, row.key));
    if (other) await db.delete(jobs).where(eq(jobs.id, id));
    else {
      await db
        .update(jobs)
        .set({ ...change, ...held, state: 'waiting', waitingKey: row.key })
        .where(eq(jobs.id, id));
    }
  }

  /** Of one key one runs at a time. */
  const mayRun = (at: number) => {
    const busy = db.select({ key: jobs.dedupeKey }).from(jobs).where(eq(jobs.state, 'running'));
    return and(eq(jobs.state, 'waiting'), lte(jobs.runAt, at), notInArray(jobs.dedupeKey, busy));
  };

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
        .onConflictDoNothing({ target: jobs.waitingKey });
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
      const [row] = await db.select({ state: jobs.state }).from(jobs).where(eq(jobs.id, id));
      if (row?.state !== 'dead') return false;
      await waitAgain(id, { attempts: 0, runAt: at, error: null, startedAt: null, finishedAt: null });
      return true;
    },

    async ready(at) {
      const [row] = await db.select({ id: jobs.id }).from(jobs).where(mayRun(at)).limit(1);
      return row !== undefined;
    },

    async reclaim(at) {
      const lost = await db
        .select({ id: jobs.id })
        .from(jobs)
        .where(and(eq(jobs.state, 'running'), lt(jobs.leaseUntil, at)));
      for (const { id } of lost) await waitAgain(id, { runAt: at, startedAt: null });
      return lost.length;
    },

    async claim({ worker, limit, at, leaseUntil }) {
      const next = await db
        .select({ id: jobs.id })
        .from(jobs)
        .where(mayRun(at))
        .orderBy(asc(jobs.priority), asc(jobs.runAt), asc(jobs.id))
        .limit(limit);
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
        // Another process may have been faster; each row goes to one of them.
        .where(and(inArray(jobs.id, ids), eq(jobs.state, 'waiting')))
        .returning();
      return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
    },

    async beat({ worker, leaseUntil }) {
      const rows = await db
        .update(jobs)
        .set({ leaseUntil })
        .where(and(eq(jobs.state, 'running'), eq(jobs.worker, worker)))
        .returning({ id: jobs.id });
      return rows.map(({ id }) => id);
    },

    async finish({ id, worker, outcome, at }) {
      const [row] = await db
        .select({ attempts: jobs.attempts })
        .from(jobs)
        .where(and(eq(jobs.id, id), eq(jobs.state, 'running'), eq(jobs.worker, worker)));
      if (!row) return;
      switch (outcome.state) {
        case 'done':
          await db
            .update(jobs)
            .set({ ...held, state: 'done', error: null, finishedAt: at })
            .where(eq(jobs.id, id));
          return;
        case 'dead':
          await db
            .update(jobs)
            .set({ ...held, state: 'dead', error: outcome.error, finishedAt: at })
            .where(eq(jobs.id, id));
          return;
        case 'waiting':
          await waitAgain(id, { runAt: at + outcome.pauseMs, error: outcome.error });
          return;
        case 'released':
          await waitAgain(id, { runAt: at, attempts: row.attempts - 1, startedAt: null });
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
