import { assetIdSchema, importIdSchema, type JobName, renditionStageSchema } from '@vitrine/schema';
import { z } from 'zod';

/**
 * Which places in the queue a job takes: those of work that keeps a processor busy, or those of work that mostly waits for other
 * machines and must not hold the first kind up.
 */
export const jobLanes = ['work', 'network'] as const;
export type JobLane = (typeof jobLanes)[number];

interface JobDefinition {
  readonly lane: JobLane;
  /** Ids of what it works on; never contents. */
  readonly payload: z.ZodType;
  /** How often it is begun before it is dead. */
  readonly maxAttempts: number;
  /** The pause before the second try, in milliseconds; it doubles with each further one, up to the cap. */
  readonly backoff: { readonly baseMs: number; readonly capMs: number };
}

/** Every kind of background work: what it is told and how often it is tried. */
export const jobTable = {
  /** Reads the words of a document. */
  'asset.read_text': {
    lane: 'work',
    payload: z.object({ assetId: assetIdSchema, version: z.int().positive() }),
    maxAttempts: 3,
    backoff: { baseMs: 5000, capMs: 120_000 },
  },
  /** Shows an asset whose embargo has ended. */
  'asset.show': {
    lane: 'work',
    payload: z.object({ assetId: assetIdSchema }),
    maxAttempts: 10,
    backoff: { baseMs: 2000, capMs: 120_000 },
  },
  /** Gives back the room of bytes that nothing points at. */
  'blob.collect': {
    lane: 'work',
    payload: z.object({}),
    maxAttempts: 3,
    backoff: { baseMs: 60_000, capMs: 3_600_000 },
  },
  /** Reads some of the stored bytes back, to see whether they are still right. */
  'blob.verify': {
    lane: 'work',
    payload: z.object({}),
    maxAttempts: 3,
    backoff: { baseMs: 60_000, capMs: 3_600_000 },
  },
  /** Deletes what has been in the trash for as long as it is kept. */
  'trash.purge': {
    lane: 'work',
    payload: z.object({}),
    maxAttempts: 3,
    backoff: { baseMs: 60_000, capMs: 3_600_000 },
  },
  /** Looks for assets that the search index lacks. */
  'search.sweep': {
    lane: 'work',
    payload: z.object({}),
    maxAttempts: 3,
    backoff: { baseMs: 10_000, capMs: 600_000 },
  },
  'rendition.make': {
    lane: 'work',
    payload: z.object({
      assetId: assetIdSchema,
      version: z.int().positive(),
      stage: renditionStageSchema,
      /** Also what is ready. */
      remake: z.boolean(),
    }),
    maxAttempts: 3,
    backoff: { baseMs: 2000, capMs: 60_000 },
  },
  /** Looks for assets that nothing was ever made of. */
  'rendition.sweep': {
    lane: 'work',
    payload: z.object({}),
    maxAttempts: 3,
    backoff: { baseMs: 10_000, capMs: 600_000 },
  },
  /** Fetches one address of an import. */
  'import.fetch': {
    lane: 'network',
    payload: z.object({ importId: importIdSchema, position: z.int().nonnegative() }),
    maxAttempts: 3,
    backoff: { baseMs: 5000, capMs: 60_000 },
  },
  /** Mails an address for another password, if that e-mail address has an account: whoever asks cannot tell. */
  'mail.reset': {
    lane: 'network',
    payload: z.object({ email: z.string() }),
    maxAttempts: 5,
    backoff: { baseMs: 10_000, capMs: 600_000 },
  },
} as const satisfies Record<JobName, JobDefinition>;

type JobPayloads = { readonly [N in JobName]: z.output<(typeof jobTable)[N]['payload']> };
export type JobPayload<N extends JobName> = JobPayloads[N];

/** The pause before the next try, in milliseconds; `random` from 0 to 1 spreads jobs that failed together. */
export function backoffMs(name: JobName, attempts: number, random = Math.random()): number {
  const { baseMs, capMs } = jobTable[name].backoff;
  const full = Math.min(capMs, baseMs * 2 ** (attempts - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
