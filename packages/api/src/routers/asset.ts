import {
  assetByHashInputSchema,
  assetCreateFromHashInputSchema,
  assetHideInputSchema,
  assetHidingSchema,
  assetIdInputSchema,
  assetImportFromUrlInputSchema,
  assetListInputSchema,
  assetRenditionsSchema,
  assetRightsInputSchema,
  assetRightsSchema,
  assetSchema,
  assetSetPosterInputSchema,
  assetSetRightsInputSchema,
  assetSetRolesInputSchema,
  assetTileSchema,
  assetTrashInputSchema,
  assetUpdateInputSchema,
  importIdSchema,
  importSchema,
  pageSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { once } from '../once.ts';
import { presentAsset, presentTile } from '../present/present-asset.ts';
import { ingestedSchema, presentIngested } from '../present/present-ingested.ts';
import { presentRenditions } from '../present/present-renditions.ts';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure, router } from '../trpc.ts';
import { trustedOutput } from '../trusted-output.ts';
import { assetBulkProcedures } from './asset-bulk.ts';
import { assetHistoryProcedures } from './asset-history.ts';
import { assetSearchProcedures } from './asset-search.ts';

const tag = 'Assets';

export const assetRouter = router({
  ...assetSearchProcedures,
  ...assetBulkProcedures,
  ...assetHistoryProcedures,

  list: procedure
    .meta({
      permission: 'asset.list',
      rest: {
        tag,
        page: true,
        aliases: { asset_type: 'type' },
        routes: [
          { method: 'GET', path: '/api/v2/assets', summary: 'List assets, newest first' },
          {
            method: 'GET',
            path: '/api/v2/clients/{clientId}/assets',
            summary: "List a client's assets",
            id: 'asset.listByClient',
          },
          {
            method: 'GET',
            path: '/api/v2/campaigns/{campaignId}/assets',
            summary: "List a campaign's assets",
            id: 'asset.listByCampaign',
          },
        ],
      },
    })
    .input(assetListInputSchema.prefault({}))
    .output(trustedOutput(pageSchema(assetSchema)))
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.assets.list(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return { ...page, items: page.items.map((record) => presentAsset(record, urls)) };
    }),

  tiles: procedure
    .meta({ permission: 'asset.list' })
    .input(assetListInputSchema.prefault({}))
    .output(trustedOutput(pageSchema(assetTileSchema)))
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.assets.tiles(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return { ...page, items: page.items.map((record) => presentTile(record, urls)) };
    }),

  get: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/v2/assets/{id}/metadata', summary: "Get an asset's facts" }],
      },
    })
    .input(assetIdInputSchema)
    .output(assetSchema)
    .query(async ({ ctx, input }) =>
      presentAsset(await ctx.services.assets.get(ctx.caller, input.id), ctx.installation.urlsFor(ctx.caller)),
    ),

  byHash: procedure
    .meta({
      permission: 'asset.list',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/v2/clients/{clientId}/assets/by-hash/{sha256}',
            summary: 'Which assets of a client have these bytes',
          },
        ],
      },
    })
    .input(assetByHashInputSchema)
    .output(z.array(assetSchema))
    .query(async ({ ctx, input }) => {
      const records = await ctx.services.uploads.byHash(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return records.map((record) => presentAsset(record, urls));
    }),

  importFromUrl: procedure
    .meta({
      permission: 'asset.create',
      rest: {
        tag,
        status: 201,
        routes: [
          { method: 'POST', path: '/api/v2/assets/import-from-url', summary: 'Fetch a file by its address' },
        ],
      },
    })
    .input(assetImportFromUrlInputSchema)
    .output(importSchema)
    .mutation(({ ctx, input }) => {
      const { clientId, ...item } = input;
      return once(ctx, {
        operation: 'asset.importFromUrl',
        input,
        work: (caller) => ctx.services.imports.create(caller, { clientId, items: [item] }),
        replay: ({ id }) => ctx.services.imports.get(ctx.caller, importIdSchema.parse(id)),
      });
    }),

  createFromHash: procedure
    .meta({
      permission: 'asset.create',
      rest: {
        tag,
        status: 201,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/from-hash',
            summary: 'Make an asset of bytes that the client holds already',
          },
        ],
      },
    })
    .input(assetCreateFromHashInputSchema)
    .output(ingestedSchema)
    .mutation(async ({ ctx, input }) => {
      const { uploads } = ctx.services;
      const ingested = await once(ctx, {
        operation: 'asset.createFromHash',
        input,
        work: (caller) => uploads.createFromHash(caller, input),
        replay: (answer) => uploads.replay(ctx.caller, answer),
      });
      return presentIngested(ingested, ctx.installation.urlsFor(ctx.caller));
    }),

  update: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        ifMatch: true,
        routes: [{ method: 'PATCH', path: '/api/v2/assets/{id}', summary: 'Rename, move or tag an asset' }],
      },
    })
    .input(assetUpdateInputSchema)
    .output(assetSchema)
    .mutation(async ({ ctx, input }) =>
      presentAsset(await ctx.services.assets.update(ctx.caller, input), ctx.installation.urlsFor(ctx.caller)),
    ),

  setRoles: procedure
    .meta({ permission: 'asset.update' })
    .input(assetSetRolesInputSchema)
    .output(assetSchema)
    .mutation(async ({ ctx, input }) =>
      presentAsset(
        await ctx.services.assets.setRoles(ctx.caller, input),
        ctx.installation.urlsFor(ctx.caller),
      ),
    ),

  rights: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/assets/{id}/rights', summary: 'What a version may be used for' },
        ],
      },
    })
    .input(assetRightsInputSchema)
    .output(assetRightsSchema)
    .query(({ ctx, input }) => ctx.services.rights.get(ctx.caller, input)),

  setRights: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        ifMatch: true,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/rights',
            summary: 'Say what the current version may be used for',
          },
        ],
      },
    })
    .input(assetSetRightsInputSchema)
    .output(assetRightsSchema)
    .mutation(({ ctx, input }) => ctx.services.rights.set(ctx.caller, input)),

  hiding: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag: 'Access',
        routes: [
          {
            method: 'GET',
            path: '/api/v2/assets/{id}/hiding',
            summary: "Whether an asset is hidden from its client's people, and until when",
          },
        ],
      },
    })
    .input(assetIdInputSchema)
    .output(assetHidingSchema)
    .query(({ ctx, input }) => ctx.services.grants.hiding(ctx.caller, input.id)),

  hide: procedure
    .meta({
      permission: 'asset.hide',
      rest: {
        tag: 'Access',
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/hiding',
            summary: 'Hide an asset from all but managers, until a moment or until it is shown again',
          },
        ],
      },
    })
    .input(assetHideInputSchema)
    .output(assetHidingSchema)
    .mutation(({ ctx, input }) => ctx.services.grants.hide(ctx.caller, input)),

  renditions: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [
          { method: 'GET', path: '/api/v2/assets/{id}/renditions', summary: 'What is made of an asset' },
        ],
      },
    })
    .input(assetIdInputSchema)
    .output(assetRenditionsSchema)
    .query(async ({ ctx, input }) => {
      const made = await ctx.services.renditions.list(ctx.caller, input.id);
      return presentRenditions(made, ctx.installation.urlsFor(ctx.caller));
    }),

  retryRenditions: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/renditions/retry',
            summary: 'Try again to make what failed',
          },
        ],
      },
    })
    .input(assetIdInputSchema)
    .output(assetRenditionsSchema)
    .mutation(async ({ ctx, input }) => {
      const made = await ctx.services.renditions.retry(ctx.caller, input.id);
      return presentRenditions(made, ctx.installation.urlsFor(ctx.caller));
    }),

  setPoster: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/poster',
            summary: "Choose the frame of a video's poster",
          },
        ],
      },
    })
    .input(assetSetPosterInputSchema)
    .output(assetRenditionsSchema)
    .mutation(async ({ ctx, input }) => {
      const made = await ctx.services.renditions.setPoster(ctx.caller, input);
      return presentRenditions(made, ctx.installation.urlsFor(ctx.caller));
    }),

  trash: procedure
    .meta({
      permission: 'asset.trash',
      rest: {
        tag,
        ifMatch: true,
        routes: [{ method: 'DELETE', path: '/api/v2/assets/{id}', summary: 'Move an asset to the trash' }],
      },
    })
    .input(assetTrashInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.assets.trash(ctx.caller, input);
      return { success: true, message: 'The asset was moved to the trash.' };
    }),
});
