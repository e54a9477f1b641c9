import { z } from 'zod';
import { jobIdSchema } from './id.ts';
import { timestampSchema } from './time.ts';

/** Every kind of background work. */
export const jobNames = [
  'asset.read_text',
  'asset.show',
  'blob.collect',
  'blob.verify',
  'trash.purge',
  'search.sweep',
  'rendition.make',
  'rendition.sweep',
  'import.fetch',
  'mail.reset',
] as const;
export type JobName = (typeof jobNames)[number];

/** Whether this version knows the job. */
export function isJobName(name: string): name is JobName {
  return jobNames.some((known) => known === name);
}

/** `waiting` also holds those that wait to be tried again; `dead` ones have used up their tries. */
export const jobStates = ['waiting', 'running', 'done', 'dead'] as const;
export const jobStateSchema = z.enum(jobStates).meta({ id: 'JobState' });
export type JobState = z.output<typeof jobStateSchema>;

/** A piece of background work as people see it. */
export const jobSchema = z
  .strictObject({
    id: jobIdSchema,
    name: z
      .string()
      .min(1)
      .describe('What it does, e.g. `rendition.make`; another version may know other names.'),
    state: jobStateSchema,
    payload: z.record(z.string(), z.unknown()).describe('Ids of what it works on; never contents.'),
    attempts: z.int().nonnegative().describe('How often it was begun.'),
    maxAttempts: z.int().positive(),
    stuck: z.boolean().describe('Its worker has not been heard of for longer than its lease.'),
    error: z.string().nullable().describe('Why the last try failed.'),
    createdAt: timestampSchema,
    runAt: timestampSchema.describe('Not before.'),
    startedAt: timestampSchema.nullable(),
    finishedAt: timestampSchema.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof jobSchema>;

/** How much there is to do, and what needs somebody. */
export const jobCountsSchema = z
  .strictObject({
    waiting: z.int().nonnegative(),
    running: z.int().nonnegative(),
    stuck: z.int().nonnegative().describe('Of the running ones: not heard of for longer than their lease.'),
    dead: z.int().nonnegative(),
  })
  .meta({ id: 'JobCounts' });
export type JobCounts = z.output<typeof jobCountsSchema>;

export const jobListInputSchema = z.object({
  states: z.array(jobStateSchema).max(jobStates.length).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const jobIdInputSchema = z.object({ id: jobIdSchema });
