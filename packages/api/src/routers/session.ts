import { sessionIdInputSchema, sessionSchema, sessionsEndedSchema } from '@vitrine/schema';
import { z } from 'zod';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'Access';

export const sessionRouter = router({
  list: procedure
    .meta({
      permission: 'session.list',
      rest: { tag, routes: [{ method: 'GET', path: '/api/sessions', summary: 'Where you are signed in' }] },
    })
    .output(z.array(sessionSchema))
    .query(({ ctx }) => ctx.services.sessions.list(ctx.caller)),

  revoke: procedure
    .meta({
      permission: 'session.write',
      rest: {
        tag,
        routes: [
          { method: 'DELETE', path: '/api/sessions/{id}', summary: 'Sign out in one place, within a second' },
        ],
      },
    })
    .input(sessionIdInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.sessions.revoke(ctx.caller, input.id);
      return { success: true, message: 'The session was ended.' };
    }),

  revokeOthers: procedure
    .meta({
      permission: 'session.write',
      rest: {
        tag,
        routes: [
          { method: 'POST', path: '/api/sessions/revoke-others', summary: 'Sign out everywhere but here' },
        ],
      },
    })
    .output(sessionsEndedSchema)
    .mutation(async ({ ctx }) => ({ ended: await ctx.services.sessions.revokeOthers(ctx.caller) })),
});
