import { keyScopeSchema, signInWaysSchema, userIdSchema, userRoleSchema } from '@vitrine/schema';
import { z } from 'zod';
import { procedure, publicProcedure, router } from '../trpc.ts';

const versionSchema = z
  .strictObject({ name: z.literal('vitrine'), version: z.string() })
  .meta({ id: 'Version' });

const selfSchema = z
  .strictObject({
    userId: userIdSchema,
    role: userRoleSchema,
    email: z.string(),
    name: z.string(),
    scopes: z.array(keyScopeSchema).nullable().describe("The API key's scopes; null for a session."),
    maxUploadBytes: z.int().positive(),
  })
  .meta({ id: 'Self', description: 'Who the caller is, and the limits that apply.' });

export const systemRouter = router({
  version: publicProcedure
    .meta({ permission: 'public' })
    .output(versionSchema)
    .query(({ ctx }) => ({ name: 'vitrine', version: ctx.installation.version })),

  /** How one signs in here, for those who have not yet. */
  signInWays: publicProcedure
    .meta({ permission: 'public' })
    .output(signInWaysSchema)
    .query(({ ctx }) => ctx.installation.signIn),

  self: procedure
    .meta({
      permission: 'self.read',
      rest: { tag: 'System', routes: [{ method: 'GET', path: '/api/v2/self', summary: 'Who am I?' }] },
    })
    .output(selfSchema)
    .query(async ({ ctx }) => {
      const { actor } = ctx.caller;
      const profile = await ctx.profile();
      return {
        userId: actor.userId,
        role: actor.role,
        email: profile?.email ?? '',
        name: profile?.name ?? '',
        scopes: actor.kind === 'api_key' ? [...actor.scopes] : null,
        maxUploadBytes: ctx.installation.maxUploadBytes,
      };
    }),
});
