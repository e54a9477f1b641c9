import {
  tagIdInputSchema,
  tagListInputSchema,
  tagMergedSchema,
  tagMergeInputSchema,
  tagRenameInputSchema,
  tagSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'Tags';

export const tagRouter = router({
  list: procedure
    .meta({
      permission: 'tag.list',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/clients/{clientId}/tags', summary: "List a client's free tags" },
        ],
      },
    })
    .input(tagListInputSchema)
    .output(z.array(tagSchema))
    .query(({ ctx, input }) => ctx.services.tags.list(ctx.caller, input)),

  rename: procedure
    .meta({
      permission: 'tag.write',
      rest: { tag, routes: [{ method: 'PATCH', path: '/api/v2/tags/{id}', summary: 'Rename a tag' }] },
    })
    .input(tagRenameInputSchema)
    .output(tagSchema)
    .mutation(({ ctx, input }) => ctx.services.tags.rename(ctx.caller, input)),

  merge: procedure
    .meta({
      permission: 'tag.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/tags/{id}/merge',
            summary: 'Give all assets of a tag another one instead',
          },
        ],
      },
    })
    .input(tagMergeInputSchema)
    .output(tagMergedSchema)
    .mutation(({ ctx, input }) => ctx.services.tags.merge(ctx.caller, input)),

  delete: procedure
    .meta({
      permission: 'tag.write',
      rest: {
        tag,
        routes: [{ method: 'DELETE', path: '/api/v2/tags/{id}', summary: 'Take a tag from all assets' }],
      },
    })
    .input(tagIdInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      const count = await ctx.services.tags.delete(ctx.caller, input.id);
      return { success: true, message: `The tag was deleted; ${count} had it.` };
    }),
});
