import {
  assetSchema,
  assetTileSchema,
  collectionAddInputSchema,
  collectionAssetsInputSchema,
  collectionCreateInputSchema,
  collectionDeleteInputSchema,
  collectionIdInputSchema,
  collectionIdSchema,
  collectionListInputSchema,
  collectionMoveInputSchema,
  collectionRemoveInputSchema,
  collectionSchema,
  collectionUpdateInputSchema,
  pageSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { once } from '../once.ts';
import { presentAsset, presentTile } from '../present/present-asset.ts';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';
import { trustedOutput } from '../trusted-output.ts';

const tag = 'Collections';

export const collectionRouter = router({
  list: procedure
    .meta({
      permission: 'collection.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/v2/clients/{clientId}/collections',
            summary: "List a client's collections by name",
          },
        ],
      },
    })
    .input(collectionListInputSchema)
    .output(z.array(collectionSchema))
    .query(({ ctx, input }) => ctx.services.collections.list(ctx.caller, input)),

  get: procedure
    .meta({
      permission: 'collection.read',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/v2/collections/{id}', summary: 'Get a collection' }],
      },
    })
    .input(collectionIdInputSchema)
    .output(collectionSchema)
    .query(({ ctx, input }) => ctx.services.collections.get(ctx.caller, input.id)),

  create: procedure
    .meta({
      permission: 'collection.write',
      rest: {
        tag,
        status: 201,
        routes: [{ method: 'POST', path: '/api/v2/collections', summary: 'Create a list, or save a search' }],
      },
    })
    .input(collectionCreateInputSchema)
    .output(collectionSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, {
        operation: 'collection.create',
        input,
        work: (caller) => ctx.services.collections.create(caller, input),
        replay: ({ id }) => ctx.services.collections.get(ctx.caller, collectionIdSchema.parse(id)),
      }),
    ),

  update: procedure
    .meta({
      permission: 'collection.write',
      rest: {
        tag,
        ifMatch: true,
        routes: [
          {
            method: 'PATCH',
            path: '/api/v2/collections/{id}',
            summary: 'Rename a collection, or edit its search',
          },
        ],
      },
    })
    .input(collectionUpdateInputSchema)
    .output(collectionSchema)
    .mutation(({ ctx, input }) => ctx.services.collections.update(ctx.caller, input)),

  delete: procedure
    .meta({
      permission: 'collection.write',
      rest: {
        tag,
        ifMatch: true,
        routes: [
          {
            method: 'DELETE',
            path: '/api/v2/collections/{id}',
            summary: 'Delete a collection; its assets stay',
          },
        ],
      },
    })
    .input(collectionDeleteInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.collections.delete(ctx.caller, input);
      return { success: true, message: 'The collection was deleted; its assets are still there.' };
    }),

  assets: procedure
    .meta({
      permission: 'collection.read',
      rest: {
        tag,
        page: true,
        routes: [
          {
            method: 'GET',
            path: '/api/v2/collections/{id}/assets',
            summary: "List a collection's assets: a list in its order, a search newest first",
          },
        ],
      },
    })
    .input(collectionAssetsInputSchema)
    .output(trustedOutput(pageSchema(assetSchema)))
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.collections.assets(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return { ...page, items: page.items.map((record) => presentAsset(record, urls)) };
    }),

  tiles: procedure
    .meta({ permission: 'collection.read' })
    .input(collectionAssetsInputSchema)
    .output(trustedOutput(pageSchema(assetTileSchema)))
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.collections.tiles(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return { ...page, items: page.items.map((record) => presentTile(record, urls)) };
    }),

  add: procedure
    .meta({
      permission: 'collection.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/collections/{id}/add',
            summary: 'Put assets at the end of a list, named or found',
          },
        ],
      },
    })
    .input(collectionAddInputSchema)
    .output(collectionSchema)
    .mutation(({ ctx, input }) => ctx.services.collections.add(ctx.caller, input)),

  remove: procedure
    .meta({
      permission: 'collection.write',
      rest: {
        tag,
        routes: [
          { method: 'POST', path: '/api/v2/collections/{id}/remove', summary: 'Take assets from a list' },
        ],
      },
    })
    .input(collectionRemoveInputSchema)
    .output(collectionSchema)
    .mutation(({ ctx, input }) => ctx.services.collections.remove(ctx.caller, input)),

  move: procedure
    .meta({
      permission: 'collection.write',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/collections/{id}/move',
            summary: 'Move assets within a list, before another one or to the end',
          },
        ],
      },
    })
    .input(collectionMoveInputSchema)
    .output(collectionSchema)
    .mutation(({ ctx, input }) => ctx.services.collections.move(ctx.caller, input)),
});
