import {
  campaignCreateInputSchema,
  campaignIdSchema,
  campaignListInputSchema,
  campaignSchema,
  campaignUpdateInputSchema,
  statsSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { once } from '../once.ts';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const idInput = z.object({ id: campaignIdSchema });
const tag = 'Campaigns';

export const campaignRouter = router({
  list: procedure
    .meta({
      permission: 'campaign.list',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/campaigns', summary: 'List campaigns, newest first' }],
      },
    })
    .input(campaignListInputSchema.prefault({}))
    .output(z.array(campaignSchema))
    .query(({ ctx, input }) => ctx.services.campaigns.list(ctx.caller, input)),

  get: procedure
    .meta({
      permission: 'campaign.read',
      rest: { tag, routes: [{ method: 'GET', path: '/api/campaigns/{id}', summary: 'Get a campaign' }] },
    })
    .input(idInput)
    .output(campaignSchema)
    .query(({ ctx, input }) => ctx.services.campaigns.get(ctx.caller, input.id)),

  create: procedure
    .meta({
      permission: 'campaign.create',
      rest: {
        tag,
        status: 201,
        routes: [{ method: 'POST', path: '/api/campaigns', summary: 'Create a campaign' }],
      },
    })
    .input(campaignCreateInputSchema)
    .output(campaignSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, {
        operation: 'campaign.create',
        input,
        work: (caller) => ctx.services.campaigns.create(caller, input),
        replay: ({ id }) => ctx.services.campaigns.get(ctx.caller, campaignIdSchema.parse(id)),
      }),
    ),

  update: procedure
    .meta({
      permission: 'campaign.update',
      rest: {
        tag,
        ifMatch: true,
        routes: [{ method: 'PATCH', path: '/api/campaigns/{id}', summary: 'Edit a campaign' }],
      },
    })
    .input(campaignUpdateInputSchema)
    .output(campaignSchema)
    .mutation(({ ctx, input }) => ctx.services.campaigns.update(ctx.caller, input)),

  delete: procedure
    .meta({
      permission: 'campaign.delete',
      rest: {
        tag,
        ifMatch: true,
        routes: [{ method: 'DELETE', path: '/api/campaigns/{id}', summary: 'Delete an empty campaign' }],
      },
    })
    .input(idInput.extend({ rowVersion: z.int().positive().optional() }))
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.campaigns.delete(ctx.caller, input);
      return { success: true, message: 'The campaign was deleted.' };
    }),

  stats: procedure
    .meta({
      permission: 'campaign.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/campaigns/{id}/stats',
            summary: "Count a campaign's assets and bytes by kind",
          },
        ],
      },
    })
    .input(idInput)
    .output(statsSchema)
    .query(({ ctx, input }) => ctx.services.campaigns.stats(ctx.caller, input.id)),
});
