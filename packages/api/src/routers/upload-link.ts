import {
  issuedUploadLinkSchema,
  uploadLinkCreateInputSchema,
  uploadLinkIdInputSchema,
  uploadLinkListInputSchema,
  uploadLinkSchema,
  uploadLinkUpdateInputSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tag = 'Sharing';

export const uploadLinkRouter = router({
  create: procedure
    .meta({
      permission: 'uploadLink.write',
      rest: {
        tag,
        status: 201,
        routes: [
          {
            method: 'POST',
            path: '/api/upload-links',
            summary: 'Make a link with which guests send files; its address is shown this once',
          },
        ],
      },
    })
    .input(uploadLinkCreateInputSchema)
    .output(issuedUploadLinkSchema)
    .mutation(async ({ ctx, input }) => {
      const { link, token } = await ctx.services.uploadLinks.create(ctx.caller, input);
      return { ...link, url: `${ctx.installation.publicUrl}/u/${token}` };
    }),

  list: procedure
    .meta({
      permission: 'uploadLink.read',
      rest: {
        tag,
        routes: [
          {
            method: 'GET',
            path: '/api/campaigns/{campaignId}/upload-links',
            summary: 'Upload links of a campaign, the newest first',
          },
        ],
      },
    })
    .input(uploadLinkListInputSchema)
    .output(z.array(uploadLinkSchema))
    .query(({ ctx, input }) => ctx.services.uploadLinks.list(ctx.caller, input)),

  update: procedure
    .meta({
      permission: 'uploadLink.write',
      rest: {
        tag,
        routes: [{ method: 'PATCH', path: '/api/upload-links/{id}', summary: 'Change what a link takes' }],
      },
    })
    .input(uploadLinkUpdateInputSchema)
    .output(uploadLinkSchema)
    .mutation(({ ctx, input }) => ctx.services.uploadLinks.update(ctx.caller, input)),

  revoke: procedure
    .meta({
      permission: 'uploadLink.write',
      rest: {
        tag,
        routes: [{ method: 'DELETE', path: '/api/upload-links/{id}', summary: 'End an upload link at once' }],
      },
    })
    .input(uploadLinkIdInputSchema)
    .output(uploadLinkSchema)
    .mutation(({ ctx, input }) => ctx.services.uploadLinks.revoke(ctx.caller, input.id)),
});
