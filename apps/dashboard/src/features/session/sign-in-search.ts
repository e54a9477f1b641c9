import { z } from 'zod';

/** Where to go after signing in: a path of this site, never another one's address. */
export const signInSearchSchema = z.object({
  redirect: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
  /** What single sign-on says when it leads back without a session. */
  error: z.string().max(100).optional().catch(undefined),
});
