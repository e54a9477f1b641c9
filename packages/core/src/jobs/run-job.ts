import { type JobName, jobNames } from '@vitrine/schema';
import type { JobHandler, JobHandlers } from '../ports/job-queue.ts';
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
  'asset.read_text': (payload) => jobTable['asset.read_text'].payload.parse(payload),
  'asset.show': (payload) => jobTable['asset.show'].payload.parse(payload),
  'blob.collect': (payload) => jobTable['blob.collect'].payload.parse(payload),
  'blob.verify': (payload) => jobTable['blob.verify'].payload.parse(payload),
  'trash.purge': (payload) => jobTable['trash.purge'].payload.parse(payload),
  'search.sweep': (payload) => jobTable['search.sweep'].payload.parse(payload),
  'rendition.make': (payload) => jobTable['rendition.make'].payload.parse(payload),
  'rendition.sweep': (payload) => jobTable['rendition.sweep'].payload.parse(payload),
  'import.fetch': (payload) => jobTable['import.fetch'].payload.parse(payload),
  'mail.reset': (payload) => jobTable['mail.reset'].payload.parse(payload),
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
  if (job.attempts > job.maxAttempts) return giveUp(handlers[name], payload, job);
  const last = job.attempts === job.maxAttempts;
  await handlers[name].run(payload, { signal, attempt: job.attempts, last });
  return { state: 'done' };
}

/** Tries are counted when they begin, so one too many means that none of them came to an end. */
async function giveUp<N extends JobName>(
  handler: JobHandler<N>,
  payload: JobPayload<N>,
  { maxAttempts }: ClaimedJob,
): Promise<JobOutcome> {
  const died = `Its worker died ${maxAttempts} times while it ran.`;
  try {
    await handler.giveUp?.(payload);
    return { state: 'dead', error: died };
  } catch (error) {
    return {
      state: 'dead',
      error: `${died} Giving it up failed too. ${words(error)}`.slice(0, longestError),
    };
  }
}

/** Runs a job's handler and says what becomes of the job. Never rejects. */
export async function runJob(
  handlers: JobHandlers,
  job: ClaimedJob,
  signal: AbortSignal,
): Promise<JobOutcome> {
  if (!isKnown(job.name)) {
    return { state: 'dead', error: 'Another version of Vitrine left it; this one does not know such jobs.' };
  }
  try {
    return await call({ handlers, name: job.name, job, signal });
  } catch (error) {
    if (signal.aborted) return { state: 'released' };
    if (job.attempts >= job.maxAttempts) return { state: 'dead', error: words(error) };
    return { state: 'waiting', pauseMs: backoffMs(job.name, job.attempts), error: words(error) };
  }
}

/** The database holds whatever was put there; the type only says what this version puts there. */
function isKnown(name: string): boolean {
  return jobNames.some((known) => known === name);
}
