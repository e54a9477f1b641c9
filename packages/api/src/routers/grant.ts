import { actionNames } from '@vitrine/core';
import {
  grantListInputSchema,
  grantRemoveInputSchema,
  grantSchema,
  grantSetInputSchema,
  grantTargetSchema,
  personSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'Access';

export const grantRouter = router({
  list: procedure
    .meta({
      permission: 'grant.list',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/clients/{clientId}/grants',
            summary: 'Who may do what with a client, its campaigns and assets',
          },
        ],
      },
    })
    .input(grantListInputSchema)
    .output(z.array(grantSchema))
    .query(({ ctx, input }) => ctx.services.grants.list(ctx.caller, input)),

  people: procedure
    .meta({
      permission: 'grant.list',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/clients/{clientId}/people',
            summary: 'Everybody to whom a client can be opened',
          },
        ],
      },
    })
    .input(grantListInputSchema)
    .output(z.array(personSchema))
    .query(({ ctx, input }) => ctx.services.grants.people(ctx.caller, input)),

  allowed: procedure
    .meta({
      permission: 'client.read',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/grants/allowed',
            summary: 'What you may do with a client, a campaign or an asset',
            asks: true,
          },
        ],
      },
    })
    .input(grantTargetSchema)
    .output(z.array(z.enum(actionNames)))
    .query(({ ctx, input }) => ctx.services.grants.allowed(ctx.caller, input)),

  set: procedure
    .meta({
      permission: 'grant.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/grants',
            summary: 'Give somebody a role at a client, or say what a campaign or an asset says instead',
          },
        ],
      },
    })
    .input(grantSetInputSchema)
    .output(grantSchema)
    .mutation(({ ctx, input }) => ctx.services.grants.set(ctx.caller, input)),

  remove: procedure
    .meta({
      permission: 'grant.write',
      rest: {
        tag,
        routes: [{ method: 'POST', path: '/api/grants/remove', summary: 'Take a grant back' }],
      },
    })
    .input(grantRemoveInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.grants.remove(ctx.caller, input);
      return { success: true, message: 'The grant was taken back.' };
    }),
});
