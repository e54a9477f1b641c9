import type { Job, JobCounts, JobId, JobName, JobState } from '@vitrine/schema';

/** Work that a transaction made necessary. */
export interface NewJob {
  readonly id: JobId;
  readonly name: JobName;
  /** Ids of what it works on. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Of jobs with the same key only one waits at a time; one that runs already does not count. */
  readonly dedupeKey: string;
  /** Higher ones go first. */
  readonly priority: number;
  /** Milliseconds: not before. */
  readonly runAt: number;
  /** Milliseconds: now. */
  readonly at: number;
  readonly maxAttempts: number;
}

export interface JobQuery {
  readonly states?: readonly JobState[];
  readonly limit: number;
  /** Milliseconds: now; tells which are stuck. */
  readonly at: number;
}

export interface JobReader {
  find(id: JobId): Promise<{ readonly id: JobId; readonly state: JobState } | null>;
  /** Dead first, then stuck, running, waiting, done; newest first in each. */
  list(query: JobQuery): Promise<Job[]>;
  counts(at: number): Promise<JobCounts>;
}

export interface JobWriter {
  /** Adds a job that runs after this transaction is committed, unless one with its dedupe key waits already. */
  enqueue(job: NewJob): Promise<void>;
  /** A dead job waits again with all its tries; false when it is not dead. */
  retry(change: { readonly id: JobId; readonly at: number }): Promise<boolean>;
}
