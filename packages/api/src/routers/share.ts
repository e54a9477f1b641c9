import {
  issuedShareSchema,
  shareCreateInputSchema,
  shareIdInputSchema,
  shareListInputSchema,
  sharePageSchema,
  shareSchema,
  shareUpdateInputSchema,
  shareVisitSchema,
  shareVisitsInputSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tag = 'Sharing';

export const shareRouter = router({
  create: procedure
    .meta({
      permission: 'share.write',
      rest: {
        tag,
        status: 201,
        routes: [
          {
            method: 'POST',
            path: '/api/shares',
            summary: 'Make links for people without an account; their addresses are shown this once',
          },
        ],
      },
    })
    .input(shareCreateInputSchema)
    .output(z.array(issuedShareSchema))
    .mutation(async ({ ctx, input }) => {
      const issued = await ctx.services.shares.create(ctx.caller, input);
      const { publicUrl } = ctx.installation;
      return issued.map(({ share, token }) => ({ ...share, url: `${publicUrl}/s/${token}` }));
    }),

  list: procedure
    .meta({
      permission: 'share.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/clients/{clientId}/shares',
            summary: 'Share links of a client, the newest first',
          },
        ],
      },
    })
    .input(shareListInputSchema)
    .output(sharePageSchema)
    .query(({ ctx, input }) => ctx.services.shares.list(ctx.caller, input)),

  get: procedure
    .meta({
      permission: 'share.read',
      rest: { tag, routes: [{ method: 'GET', path: '/api/shares/{id}', summary: 'A share link' }] },
    })
    .input(shareIdInputSchema)
    .output(shareSchema)
    .query(({ ctx, input }) => ctx.services.shares.get(ctx.caller, input.id)),

  update: procedure
    .meta({
      permission: 'share.write',
      rest: {
        tag,
        routes: [{ method: 'PATCH', path: '/api/shares/{id}', summary: 'Change what a share link gives' }],
      },
    })
    .input(shareUpdateInputSchema)
    .output(shareSchema)
    .mutation(({ ctx, input }) => ctx.services.shares.update(ctx.caller, input)),

  revoke: procedure
    .meta({
      permission: 'share.write',
      rest: {
        tag,
        routes: [{ method: 'DELETE', path: '/api/shares/{id}', summary: 'End a share link at once' }],
      },
    })
    .input(shareIdInputSchema)
    .output(shareSchema)
    .mutation(({ ctx, input }) => ctx.services.shares.revoke(ctx.caller, input.id)),

  visits: procedure
    .meta({
      permission: 'share.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/shares/{id}/visits',
            summary: 'Who opened a share link, the last first',
          },
        ],
      },
    })
    .input(shareVisitsInputSchema)
    .output(z.array(shareVisitSchema))
    .query(({ ctx, input }) => ctx.services.shares.visits(ctx.caller, input)),
});
