import { importCreateInputSchema, importIdInputSchema, importIdSchema, importSchema } from '@vitrine/schema';
import { once } from '../once.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'Assets';

export const importRouter = router({
  create: procedure
    .meta({
      permission: 'asset.create',
      rest: {
        tag,
        status: 201,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/imports',
            summary: 'Fetch up to a hundred files by their addresses',
          },
        ],
      },
    })
    .input(importCreateInputSchema)
    .output(importSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, {
        operation: 'import.create',
        input,
        work: (caller) => ctx.services.imports.create(caller, input),
        replay: ({ id }) => ctx.services.imports.get(ctx.caller, importIdSchema.parse(id)),
      }),
    ),

  get: procedure
    .meta({
      permission: 'asset.list',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/v2/imports/{id}', summary: 'How far an import has come' }],
      },
    })
    .input(importIdInputSchema)
    .output(importSchema)
    .query(({ ctx, input }) => ctx.services.imports.get(ctx.caller, input.id)),
});
