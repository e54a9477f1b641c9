import { z } from 'zod';
import { timestampSchema } from './time.ts';

/** One browser in which somebody is signed in. What the browser shows the server to prove it is not told. */
export const sessionSchema = z
  .strictObject({
    id: z.string(),
    createdAt: timestampSchema.describe('When they signed in.'),
    lastUsedAt: timestampSchema.describe('To about five minutes.'),
    expiresAt: timestampSchema,
    address: z.string().nullable().describe('The network address it was made from.'),
    agent: z.string().nullable().describe('What the browser calls itself.'),
    isCurrent: z.boolean().describe('Whether this very request came with it.'),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof sessionSchema>;

export const sessionIdInputSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const sessionsEndedSchema = z
  .strictObject({ ended: z.int().min(0).describe('How many sessions were ended.') })
  .meta({ id: 'SessionsEnded' });
export type SessionsEnded = z.output<typeof sessionsEndedSchema>;
