import {
  quarantineAcceptedSchema,
  quarantineAcceptInputSchema,
  quarantineIdInputSchema,
  quarantineListInputSchema,
  quarantinePageSchema,
} from '@vitrine/schema';
import { removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'System';

export const quarantineRouter = router({
  list: procedure
    .meta({
      permission: 'quarantine.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/quarantine',
            summary: 'Files that a scan or an import refused, what came last first',
          },
        ],
      },
    })
    .input(quarantineListInputSchema.prefault({}))
    .output(quarantinePageSchema)
    .query(({ ctx, input }) => ctx.services.quarantine.list(ctx.caller, input)),

  accept: procedure
    .meta({
      permission: 'quarantine.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/quarantine/{id}/accept',
            summary: 'Make a file that was refused an asset of a client, if it is one after all',
          },
        ],
      },
    })
    .input(quarantineAcceptInputSchema)
    .output(quarantineAcceptedSchema)
    .mutation(async ({ ctx, input }) => {
      const { outcome, asset } = await ctx.services.quarantine.accept(ctx.caller, input);
      return { outcome, assetId: asset.id };
    }),

  discard: procedure
    .meta({
      permission: 'quarantine.write',
      rest: {
        tag,
        routes: [
          {
            method: 'DELETE',
            path: '/api/quarantine/{id}',
            summary: 'Delete a file that was refused, for good',
          },
        ],
      },
    })
    .input(quarantineIdInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }) => {
      const { fileName } = await ctx.services.quarantine.discard(ctx.caller, input.id);
      return { success: true, message: `“${fileName}” is deleted for good.` };
    }),
});
