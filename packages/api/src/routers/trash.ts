import {
  trashEmptiedSchema,
  trashEmptyInputSchema,
  trashedAssetSchema,
  trashListInputSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tag = 'Assets';
const pageSchema = z.strictObject({ items: z.array(trashedAssetSchema), nextCursor: z.string().nullable() });

export const trashRouter = router({
  list: procedure
    .meta({
      permission: 'asset.list',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/trash', summary: 'What is in the trash, what came last first' },
        ],
      },
    })
    .input(trashListInputSchema.prefault({}))
    .output(pageSchema)
    .query(({ ctx, input }) => ctx.services.trash.list(ctx.caller, input)),

  empty: procedure
    .meta({
      permission: 'asset.purge',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/clients/{clientId}/trash/empty',
            summary: "Delete what is in a client's trash for good, but for what something is made of",
          },
        ],
      },
    })
    .input(trashEmptyInputSchema)
    .output(trashEmptiedSchema)
    .mutation(({ ctx, input }) => ctx.services.trash.empty(ctx.caller, input)),
});
