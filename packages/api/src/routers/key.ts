import {
  apiKeySchema,
  issuedKeySchema,
  keyCreateInputSchema,
  keyIdInputSchema,
  keyUpdateInputSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'Access';

export const keyRouter = router({
  list: procedure
    .meta({
      permission: 'key.list',
      rest: { tag, routes: [{ method: 'GET', path: '/api/keys', summary: 'API keys, the newest first' }] },
    })
    .output(z.array(apiKeySchema))
    .query(({ ctx }) => ctx.services.keys.list(ctx.caller)),

  create: procedure
    .meta({
      permission: 'key.write',
      rest: {
        tag,
        status: 201,
        routes: [{ method: 'POST', path: '/api/keys', summary: 'Make an API key; it is shown this once' }],
      },
    })
    .input(keyCreateInputSchema)
    .output(issuedKeySchema)
    .mutation(({ ctx, input }) => ctx.services.keys.create(ctx.caller, input)),

  update: procedure
    .meta({
      permission: 'key.write',
      rest: {
        tag,
        routes: [{ method: 'PATCH', path: '/api/keys/{id}', summary: 'Change what one of your keys may do' }],
      },
    })
    .input(keyUpdateInputSchema)
    .output(apiKeySchema)
    .mutation(({ ctx, input }) => ctx.services.keys.update(ctx.caller, input)),

  revoke: procedure
    .meta({
      permission: 'key.write',
      rest: {
        tag,
        routes: [{ method: 'DELETE', path: '/api/keys/{id}', summary: 'End an API key, within a second' }],
      },
    })
    .input(keyIdInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.keys.revoke(ctx.caller, input.id);
      return { success: true, message: 'The key was revoked.' };
    }),
});
