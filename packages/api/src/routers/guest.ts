import {
  guestAcceptedSchema,
  guestFileIdInputSchema,
  guestFilePageSchema,
  guestFileSchema,
  guestListInputSchema,
} from '@vitrine/schema';
import { procedure, router } from '../trpc.ts';

const tag = 'Sharing';

export const guestRouter = router({
  list: procedure
    .meta({
      permission: 'guest.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/clients/{clientId}/guest-files',
            summary: 'What guests sent: those that wait first, then the newest first',
          },
        ],
      },
    })
    .input(guestListInputSchema)
    .output(guestFilePageSchema)
    .query(({ ctx, input }) => ctx.services.guestFiles.list(ctx.caller, input)),

  accept: procedure
    .meta({
      permission: 'guest.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/guest-files/{id}/accept',
            summary: "Make a guest's file an asset of its campaign",
          },
        ],
      },
    })
    .input(guestFileIdInputSchema)
    .output(guestAcceptedSchema)
    .mutation(async ({ ctx, input }) => {
      const { outcome, asset } = await ctx.services.guestFiles.accept(ctx.caller, input.id);
      return { outcome, assetId: asset.id };
    }),

  refuse: procedure
    .meta({
      permission: 'guest.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/guest-files/{id}/refuse',
            summary: "Refuse a guest's file; its bytes go",
          },
        ],
      },
    })
    .input(guestFileIdInputSchema)
    .output(guestFileSchema)
    .mutation(({ ctx, input }) => ctx.services.guestFiles.refuse(ctx.caller, input.id)),
});
