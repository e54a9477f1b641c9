import { tagListInputSchema, tagSchema } from '@vitrine/schema';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

export const tagRouter = router({
  list: procedure
    .meta({
      permission: 'tag.list',
      rest: {
        tag: 'Tags',
        routes: [
          { method: 'GET', path: '/api/v2/clients/{clientId}/tags', summary: "List a client's free tags" },
        ],
      },
    })
    .input(tagListInputSchema)
    .output(z.array(tagSchema))
    .query(({ ctx, input }) => ctx.services.tags.list(ctx.caller, input)),
});
