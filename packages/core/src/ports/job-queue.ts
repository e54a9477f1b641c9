import type { JobName } from '@vitrine/schema';
import type { JobPayload } from '../jobs/job-table.ts';

/** What a handler knows beside its payload. */
export interface JobContext {
  /** Fires when the server does not wait any longer; the job then runs again after the next start, uncounted. */
  readonly signal: AbortSignal;
  /** 1-based. */
  readonly attempt: number;
  /** After this one the job is dead. */
  readonly last: boolean;
}

/** The work itself. It is idempotent: a job whose process died is run again from its beginning. */
export interface JobHandler<N extends JobName> {
  run(payload: JobPayload<N>, context: JobContext): Promise<void>;
  /**
   * Says where people look that it is given up, for a job whose process died each time; it does nothing that could end this process
   * too. A handler whose last run rejects says so itself.
   */
  giveUp?(payload: JobPayload<N>): Promise<void>;
}
export type JobHandlers = { readonly [N in JobName]: JobHandler<N> };

/**
 * Runs background work. Jobs are added through `writers.jobs`, in the transaction that made them necessary, so a job exists if
 * and only if its cause does.
 *
 * `start` begins to take jobs, also those that a process left unfinished when it died. A job runs in one process at a time. One
 * whose handler rejects waits and is tried again, until it is dead; one whose payload is of another version of this program is
 * dead at once.
 *
 * `stop` takes no more jobs, gives those that run the grace to finish, then aborts them and gives them the grace once more. Nothing is
 * lost: what did not finish runs again, after the next start or when its lease has run out.
 */
export interface JobQueue {
  start(handlers: JobHandlers): Promise<void>;
  stop(): Promise<void>;
}
