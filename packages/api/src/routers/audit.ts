import { auditListInputSchema, auditPageSchema } from '@vitrine/schema';
import { procedure, router } from '../trpc.ts';

export const auditRouter = router({
  list: procedure
    .meta({
      permission: 'audit.read',
      rest: {
        tag: 'Access',
        routes: [
          { method: 'GET', path: '/api/audit', summary: 'Who did what, what came last first' },
          {
            method: 'GET',
            path: '/api/v2/assets/{assetId}/activity',
            summary: 'Who did what to an asset, what came last first',
            id: 'asset.activity',
          },
          {
            method: 'GET',
            path: '/api/clients/{clientId}/activity',
            summary: 'Who did what at a client, what came last first',
            id: 'client.activity',
          },
        ],
      },
    })
    .input(auditListInputSchema.prefault({}))
    .output(auditPageSchema)
    .query(({ ctx, input }) => ctx.services.audit.list(ctx.caller, input)),
});
