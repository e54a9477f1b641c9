import {
  lineageAffectedInputSchema,
  lineageAffectedSchema,
  lineageInputSchema,
  lineageSchema,
  lineageSetInputSchema,
} from '@vitrine/schema';
import { procedure, router } from '../trpc.ts';

const tag = 'Assets';

export const lineageRouter = router({
  set: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/lineage',
            summary: 'Say what a version was made of and how it was generated',
          },
        ],
      },
    })
    .input(lineageSetInputSchema)
    .output(lineageSchema)
    .mutation(({ ctx, input }) => ctx.services.lineage.set(ctx.caller, input)),

  madeOf: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/assets/{id}/made-of', summary: 'What a version is made of' },
        ],
      },
    })
    .input(lineageInputSchema)
    .output(lineageSchema)
    .query(({ ctx, input }) => ctx.services.lineage.madeOf(ctx.caller, input)),

  usedIn: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/assets/{id}/used-in', summary: 'What a version was used in' },
        ],
      },
    })
    .input(lineageInputSchema)
    .output(lineageSchema)
    .query(({ ctx, input }) => ctx.services.lineage.usedIn(ctx.caller, input)),

  affected: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/v2/assets/{id}/affected',
            summary: 'What must be pulled when an asset may not be used any more',
          },
        ],
      },
    })
    .input(lineageAffectedInputSchema)
    .output(lineageAffectedSchema)
    .query(({ ctx, input }) => ctx.services.lineage.affected(ctx.caller, input)),
});
