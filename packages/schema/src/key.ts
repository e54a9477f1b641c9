import { z } from 'zod';
import { keyScopeSchema, keyScopes } from './access.ts';
import { personSchema } from './grant.ts';
import { clientIdSchema } from './id.ts';
import { timestampSchema } from './time.ts';

export const maxKeyDays = 365;
/** How long a key works that is made without saying so. */
export const usualKeyDays = 90;

const clientIdsSchema = z
  .array(clientIdSchema)
  .min(1, 'names at least one client; null is every client')
  .max(100)
  .nullable()
  .describe('The only clients that it reaches; null: all that its user does.');

/** What is known of an API key once it was made; the key itself is not. */
export const apiKeySchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    start: z.string().describe('Its first characters, by which to tell it.'),
    person: personSchema.describe('For whom it acts.'),
    scopes: z.array(keyScopeSchema),
    clientIds: z.array(clientIdSchema).nullable().describe('The only clients that it reaches; null: all.'),
    createdAt: timestampSchema,
    expiresAt: timestampSchema.nullable().describe('Null: only when it is revoked.'),
    lastUsedAt: timestampSchema.nullable().describe('To about a second; null: never.'),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.output<typeof apiKeySchema>;

/** A key that was just made: the only answer that ever holds the key itself. */
export const issuedKeySchema = apiKeySchema.extend({ key: z.string() }).meta({ id: 'IssuedKey' });
export type IssuedKey = z.output<typeof issuedKeySchema>;

const settings = {
  name: z.string().trim().min(1, 'is what the key is for').max(100),
  scopes: z
    .array(keyScopeSchema)
    .min(1, 'has at least one scope')
    .max(keyScopes.length)
    .transform((scopes) => keyScopes.filter((scope) => scopes.includes(scope))),
  clientIds: clientIdsSchema,
  expiresAt: timestampSchema.describe(`At most ${maxKeyDays} days from now.`),
};

export const keyCreateInputSchema = z.strictObject({
  ...settings,
  clientIds: settings.clientIds.default(null),
  expiresAt: settings.expiresAt
    .optional()
    .describe(`At most ${maxKeyDays} days from now; in ${usualKeyDays} days unless said.`),
});

export const keyIdInputSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const keyUpdateInputSchema = z.strictObject({
  ...keyIdInputSchema.shape,
  ...z.strictObject(settings).partial().shape,
});
