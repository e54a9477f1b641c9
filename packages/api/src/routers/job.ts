import { jobCountsSchema, jobIdInputSchema, jobListInputSchema, jobSchema } from '@vitrine/schema';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tag = 'System';

export const jobRouter = router({
  list: procedure
    .meta({
      permission: 'job.list',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/jobs', summary: 'Background work, what needs somebody first' }],
      },
    })
    .input(jobListInputSchema.prefault({}))
    .output(z.array(jobSchema))
    .query(({ ctx, input }) => {
      const { states, limit } = input;
      return ctx.services.jobs.list(ctx.caller, { limit, ...(states && { states }) });
    }),

  counts: procedure
    .meta({
      permission: 'job.list',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/jobs/counts', summary: 'How much background work there is' }],
      },
    })
    .output(jobCountsSchema)
    .query(({ ctx }) => ctx.services.jobs.counts(ctx.caller)),

  retry: procedure
    .meta({
      permission: 'job.retry',
      rest: {
        tag,
        routes: [{ method: 'POST', path: '/api/jobs/{id}/retry', summary: 'Run a dead job again' }],
      },
    })
    .input(jobIdInputSchema)
    .output(z.strictObject({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.jobs.retry(ctx.caller, input.id);
      return { success: true as const };
    }),
});
