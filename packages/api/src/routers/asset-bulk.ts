import {
  assetBulkAssignInputSchema,
  assetBulkMoveInputSchema,
  assetBulkPriorityInputSchema,
  assetBulkTagInputSchema,
  assetBulkTrashInputSchema,
  bulkAnswerSchema,
} from '@vitrine/schema';
import { procedure } from '../trpc.ts';

const tag = 'Assets';

/** One edit of many assets; part of the asset router. */
export const assetBulkProcedures = {
  bulkTag: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/bulk/tags',
            summary: 'Add and remove tags of many assets, named or found',
          },
        ],
      },
    })
    .input(assetBulkTagInputSchema)
    .output(bulkAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.bulk.tag(ctx.caller, input)),

  bulkMove: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          { method: 'POST', path: '/api/v2/assets/bulk/move', summary: 'Move many assets to a campaign' },
        ],
      },
    })
    .input(assetBulkMoveInputSchema)
    .output(bulkAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.bulk.move(ctx.caller, input)),

  bulkAssign: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/bulk/assign',
            summary: 'Give assets that came without a client to one',
          },
        ],
      },
    })
    .input(assetBulkAssignInputSchema)
    .output(bulkAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.bulk.assign(ctx.caller, input)),

  bulkTrash: procedure
    .meta({
      permission: 'asset.trash',
      rest: {
        tag,
        routes: [
          { method: 'POST', path: '/api/v2/assets/bulk/trash', summary: 'Move many assets to the trash' },
        ],
      },
    })
    .input(assetBulkTrashInputSchema)
    .output(bulkAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.bulk.trash(ctx.caller, input)),

  bulkPriority: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/bulk/priority',
            summary: 'Set the priority of many assets',
          },
        ],
      },
    })
    .input(assetBulkPriorityInputSchema)
    .output(bulkAnswerSchema)
    .mutation(({ ctx, input }) => ctx.services.bulk.prioritise(ctx.caller, input)),
};
