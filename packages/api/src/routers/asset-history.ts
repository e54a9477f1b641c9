import {
  assetIdInputSchema,
  assetPurgeInputSchema,
  assetRestoreInputSchema,
  assetSchema,
  assetUsesSchema,
  assetVersionSchema,
  versionRestoreInputSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { presentAsset } from '../present/present-asset.ts';
import { presentVersion } from '../present/present-version.ts';
import { type Removed, removedSchema } from '../present/removed.ts';
import { procedure } from '../trpc.ts';
import { trustedOutput } from '../trusted-output.ts';

const tag = 'Assets';

/** What an asset was, where it is used, and how it comes back or goes for good. */
export const assetHistoryProcedures = {
  versions: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/v2/assets/{id}/versions',
            summary: 'The versions of an asset, newest first',
          },
        ],
      },
    })
    .input(assetIdInputSchema)
    .output(z.array(assetVersionSchema))
    .query(async ({ ctx, input }) => {
      const urls = ctx.installation.urlsFor(ctx.caller);
      const versions = await ctx.services.versions.list(ctx.caller, input.id);
      return versions.map((version) => presentVersion(version, urls));
    }),

  restoreVersion: procedure
    .meta({
      permission: 'asset.update',
      rest: {
        tag,
        ifMatch: true,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/versions/{version}/restore',
            summary: "Make an earlier version's bytes current again, as a new version",
          },
        ],
      },
    })
    .input(versionRestoreInputSchema)
    .output(trustedOutput(assetSchema))
    .mutation(async ({ ctx, input }) => {
      const asset = await ctx.services.versions.restore(ctx.caller, input);
      return presentAsset(asset, ctx.installation.urlsFor(ctx.caller));
    }),

  uses: procedure
    .meta({
      permission: 'asset.read',
      rest: {
        tag,
        routes: [{ method: 'GET', path: '/api/v2/assets/{id}/uses', summary: 'Where an asset is used' }],
      },
    })
    .input(assetIdInputSchema)
    .output(assetUsesSchema)
    .query(({ ctx, input }) => ctx.services.trash.uses(ctx.caller, input.id)),

  restore: procedure
    .meta({
      permission: 'asset.trash',
      rest: {
        tag,
        ifMatch: true,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/restore',
            summary: 'Fetch an asset back out of the trash',
          },
        ],
      },
    })
    .input(assetRestoreInputSchema)
    .output(trustedOutput(assetSchema))
    .mutation(async ({ ctx, input }) => {
      const asset = await ctx.services.trash.restore(ctx.caller, input);
      return presentAsset(asset, ctx.installation.urlsFor(ctx.caller));
    }),

  purge: procedure
    .meta({
      permission: 'asset.purge',
      rest: {
        tag,
        routes: [
          {
            method: 'POST',
            path: '/api/v2/assets/{id}/purge',
            summary: 'Delete an asset of the trash for good',
          },
        ],
      },
    })
    .input(assetPurgeInputSchema)
    .output(removedSchema)
    .mutation(async ({ ctx, input }): Promise<Removed> => {
      await ctx.services.trash.purge(ctx.caller, input);
      return { success: true, message: 'The asset was deleted for good.' };
    }),
};
