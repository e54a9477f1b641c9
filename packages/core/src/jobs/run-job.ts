import type { JobName } from '@vitrine/schema';
import type { JobHandlers } from '../ports/job-queue.ts';
import { backoffMs, type JobPayload, jobTable } from './job-table.ts';

/** A job that a worker holds. */
export interface ClaimedJob {
  readonly name: JobName;
  readonly payload: unknown;
  /** This one included. */
  readonly attempts: number;
  readonly maxAttempts: number;
}

/** What becomes of a job after it was run. */
export type JobOutcome =
  | { readonly state: 'done' }
  | { readonly state: 'waiting'; readonly pauseMs: number; readonly error: string }
  /** The server stops: it waits again, and this try does not count. */
  | { readonly state: 'released' }
  | { readonly state: 'dead'; readonly error: string };

const longestError = 2000;

function words(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, longestError);
}

/** Each name's payload, so that a handler gets what its own job promises. They throw on what is none. */
const readers: { readonly [N in JobName]: (payload: unknown) => JobPayload<N> } = {
  'rendition.make': (payload) => jobTable['rendition.make'].payload.parse(payload),
  'rendition.sweep': (payload) => jobTable['rendition.sweep'].payload.parse(payload),
};

interface Call<N extends JobName> {
  readonly handlers: JobHandlers;
  readonly name: N;
  readonly job: ClaimedJob;
  readonly signal: AbortSignal;
}

async function call<N extends JobName>({ handlers, name, job, signal }: Call<N>): Promise<JobOutcome> {
  let payload: JobPayload<N>;
  try {
    payload = readers[name](job.payload);
  } catch (error) {
    return { state: 'dead', error: `Another version of Vitrine left it. ${words(error)}` };
  }
  const last = job.attempts >= job.maxAttempts;
  await handlers[name](payload, { signal, attempt: job.attempts, last });
  return { state: 'done' };
}

/** Runs a job's handler and says what becomes of the job. Never rejects. */
export async function runJob(
  handlers: JobHandlers,
  job: ClaimedJob,
  signal: AbortSignal,
): Promise<JobOutcome> {
  if (job.attempts > job.maxAttempts) {
    return { state: 'dead', error: `Its worker died ${job.maxAttempts} times while it ran.` };
  }
  try {
    return await call({ handlers, name: job.name, job, signal });
  } catch (error) {
    if (signal.aborted) return { state: 'released' };
    if (job.attempts >= job.maxAttempts) return { state: 'dead', error: words(error) };
    return { state: 'waiting', pauseMs: backoffMs(job.name, job.attempts), error: words(error) };
  }
}
