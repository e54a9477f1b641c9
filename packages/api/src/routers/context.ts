import {
  contextAnswerSchema,
  contextListInputSchema,
  contextResolveInputSchema,
  generationContextItemSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { presentContext, presentContextItem } from '../present/present-context.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'Context';

export const contextRouter = router({
  resolve: procedure
    .meta({
      permission: 'context.resolve',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/context/resolve',
            asks: true,
            summary: 'Choose assets to generate with, or learn what is missing',
          },
        ],
      },
    })
    .input(contextResolveInputSchema)
    .output(contextAnswerSchema)
    .query(async ({ ctx, input }) =>
      presentContext(
        await ctx.services.context.resolve(ctx.caller, input),
        ctx.installation.urlsFor(ctx.caller),
      ),
    ),

  list: procedure
    .meta({
      permission: 'context.resolve',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/context', summary: 'List what may be generated with' },
          {
            method: 'POST',
            path: '/api/v2/context',
            asks: true,
            summary: 'List what may be generated with',
            id: 'context.listByPost',
          },
        ],
      },
    })
    .input(contextListInputSchema)
    .output(z.array(generationContextItemSchema))
    .query(async ({ ctx, input }) => {
      const urls = ctx.installation.urlsFor(ctx.caller);
      const chosen = await ctx.services.context.list(ctx.caller, input);
      return chosen.map((one) => presentContextItem(one, urls));
    }),
});
