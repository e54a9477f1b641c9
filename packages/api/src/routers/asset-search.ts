import {
  assetFacetsInputSchema,
  assetFacetsSchema,
  assetSchema,
  assetSearchInputSchema,
  assetTileSchema,
  foundSchema,
} from '@vitrine/schema';
import { presentAsset, presentTile } from '../present/present-asset.ts';
import { procedure } from '../trpc.ts';
import { trustedOutput } from '../trusted-output.ts';

const tag = 'Assets';
const aliases = { q: 'query' };

/** Finding assets; part of the asset router. */
export const assetSearchProcedures = {
  search: procedure
    .meta({
      permission: 'asset.list',
      rest: {
        tag,
        aliases,
        routes: [{ method: 'GET', path: '/api/v2/search', summary: 'Find assets by words and filters' }],
      },
    })
    .input(assetSearchInputSchema.prefault({}))
    .output(trustedOutput(foundSchema(assetSchema)))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor, hints } = await ctx.services.search.find(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return { items: items.map((record) => presentAsset(record, urls)), nextCursor, hints: [...hints] };
    }),

  searchTiles: procedure
    .meta({ permission: 'asset.list' })
    .input(assetSearchInputSchema.prefault({}))
    .output(trustedOutput(foundSchema(assetTileSchema)))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor, hints } = await ctx.services.search.tiles(ctx.caller, input);
      const urls = ctx.installation.urlsFor(ctx.caller);
      return { items: items.map((record) => presentTile(record, urls)), nextCursor, hints: [...hints] };
    }),

  facets: procedure
    .meta({
      permission: 'asset.list',
      rest: {
        tag,
        aliases,
        routes: [
          {
            method: 'GET',
            path: '/api/v2/search/facets',
            summary: 'Count what a search finds by kind, format, client, campaign and tag',
          },
        ],
      },
    })
    .input(assetFacetsInputSchema.prefault({}))
    .output(assetFacetsSchema)
    .query(({ ctx, input }) => ctx.services.search.facets(ctx.caller, input)),
};
