import {
  clientCreateInputSchema,
  clientIdSchema,
  clientListInputSchema,
  clientSchema,
  clientSetQuotaInputSchema,
  clientUpdateInputSchema,
  quotaSchema,
  statsSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { once } from '../once.ts';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const idInput = z.object({ id: clientIdSchema });
const tag = 'Clients';

export const clientRouter = router({
  list: procedure
    .meta({
      permission: 'client.list',
      rest: { tag, routes: [{ method: 'GET', path: '/api/clients', summary: 'List clients' }] },
    })
    .input(clientListInputSchema.prefault({}))
    .output(z.array(clientSchema))
    .query(({ ctx, input }) => ctx.services.clients.list(ctx.caller, input)),

  get: procedure
    .meta({
      permission: 'client.read',
      rest: { tag, routes: [{ method: 'GET', path: '/api/clients/{id}', summary: 'Get a client' }] },
    })
    .input(idInput)
    .output(clientSchema)
    .query(({ ctx, input }) => ctx.services.clients.get(ctx.caller, input.id)),

  create: procedure
    .meta({
      permission: 'client.create',
      rest: {
        tag,
        status: 201,
        routes: [{ method: 'POST', path: '/api/clients', summary: 'Create a client' }],
      },
    })
    .input(clientCreateInputSchema)
    .output(clientSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, {
        operation: 'client.create',
        input,
        work: (caller) => ctx.services.clients.create(caller, input),
        replay: ({ id }) => ctx.services.clients.get(ctx.caller, clientIdSchema.parse(id)),
      }),
    ),

  update: procedure
    .meta({
      permission: 'client.update',
      rest: {
        tag,
        ifMatch: true,
        routes: [{ method: 'PATCH', path: '/api/clients/{id}', summary: 'Edit or archive a client' }],
      },
    })
    .input(clientUpdateInputSchema)
    .output(clientSchema)
    .mutation(({ ctx, input }) => ctx.services.clients.update(ctx.caller, input)),

  delete: procedure
    .meta({
      permission: 'client.delete',
      rest: {
        tag,
        ifMatch: true,
        routes: [{ method: 'DELETE', path: '/api/clients/{id}', summary: 'Delete an empty client' }],
      },
    })
    .input(idInput.extend({ rowVersion: z.int().positive().optional() }))
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.clients.delete(ctx.caller, input);
      return { success: true, message: 'The client was deleted.' };
    }),

  quota: procedure
    .meta({
      permission: 'client.read',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/clients/{id}/quota', summary: 'How much a client may hold' }],
      },
    })
    .input(idInput)
    .output(quotaSchema)
    .query(({ ctx, input }) => ctx.services.clients.quota(ctx.caller, input.id)),

  setQuota: procedure
    .meta({
      permission: 'client.setQuota',
      rest: {
        tag,
        routes: [
          { method: 'POST', path: '/api/clients/{id}/quota', summary: 'Limit what a client may hold' },
        ],
      },
    })
    .input(clientSetQuotaInputSchema)
    .output(quotaSchema)
    .mutation(({ ctx, input }) => ctx.services.clients.setQuota(ctx.caller, input)),

  stats: procedure
    .meta({
      permission: 'client.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/clients/{id}/stats',
            summary: "Count a client's assets and bytes by kind",
          },
        ],
      },
    })
    .input(idInput)
    .output(statsSchema)
    .query(({ ctx, input }) => ctx.services.clients.stats(ctx.caller, input.id)),
});
