import type { JobId, JobName, JobState } from '@vitrine/schema';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { jobChecks } from '../checks.ts';

const count = (name: string) => integer(name, { mode: 'number' });

/** The queue of background work on SQLite; on PostgreSQL the queue's library keeps tables of its own. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: text('id').$type<JobId>().primaryKey(),
    name: text('name').$type<JobName>().notNull(),
    payload: text('payload', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Its dedupe key as long as it waits, then null: of one key, one waits. */
    waitingKey: text('waiting_key').unique('jobs_waiting_key'),
    dedupeKey: text('dedupe_key').notNull(),
    state: text('state').$type<JobState>().notNull(),
    /** Lower ones go first. */
    priority: count('priority').notNull(),
    attempts: count('attempts').notNull(),
    maxAttempts: count('max_attempts').notNull(),
    runAt: count('run_at').notNull(),
    /** Who works on it, and until when that is believed. */
    worker: text('worker'),
    leaseUntil: count('lease_until'),
    error: text('error'),
    createdAt: count('created_at').notNull(),
    startedAt: count('started_at'),
    finishedAt: count('finished_at'),
  },
  (table) => [
    index('jobs_next').on(table.state, table.priority, table.runAt, table.id),
    check('valid', sql.raw(jobChecks)),
  ],
);
