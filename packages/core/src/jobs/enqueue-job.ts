import type { JobName } from '@vitrine/schema';
import type { Writers } from '../ports/database.ts';
import { uuidIds } from '../uuid-ids.ts';
import { type JobPayload, jobTable } from './job-table.ts';

interface JobOptions {
  /** Milliseconds: now. */
  readonly at: number;
  /** Of jobs with the same key only one waits at a time. Default: name and payload. */
  readonly dedupeKey?: string;
  /** Higher ones go first; default 0. */
  readonly priority?: number;
  /** Milliseconds: not before; default: now. */
  readonly runAt?: number;
}

/** Queues work in the transaction that made it necessary. */
export async function enqueueJob<N extends JobName>(
  writers: Writers,
  name: N,
  payload: JobPayload<N>,
  { at, dedupeKey = `${name}:${JSON.stringify(payload)}`, priority = 0, runAt = at }: JobOptions,
): Promise<void> {
  const { maxAttempts } = jobTable[name];
  const id = uuidIds.job();
  await writers.jobs.enqueue({ id, name, payload, dedupeKey, priority, runAt, at, maxAttempts });
}
