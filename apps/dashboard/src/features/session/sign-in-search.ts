import { z } from 'zod';

/** Where to go after signing in: a path of this site, never another one's address. */
export const signInSearchSchema = z.object({
  redirect: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
});
