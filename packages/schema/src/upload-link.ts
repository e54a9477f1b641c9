import { z } from 'zod';
import { personSchema } from './grant.ts';
import { campaignIdSchema, clientIdSchema, uploadLinkIdSchema } from './id.ts';
import { nameSchema, proseSchema } from './text.ts';
import { timestampSchema } from './time.ts';

export const maxUploadLinkDays = 365;
/** How long a link works that is made without saying so. */
export const usualUploadLinkDays = 14;

const used = z.int().nonnegative();

export const uploadLinkSchema = z
  .strictObject({
    id: uploadLinkIdSchema,
    clientId: clientIdSchema,
    campaignId: campaignIdSchema,
    name: z.string(),
    message: z.string().nullable().describe('What guests read.'),
    hasPassword: z.boolean(),
    maxBytes: z.int().positive().describe('Of all files together.'),
    maxFiles: z.int().positive(),
    usedBytes: used.describe(
      'Of all that came, whatever was decided about it; what became an asset counts until that is deleted for good.',
    ),
    usedFiles: used,
    waitingFiles: used.describe('Those about which nobody has decided.'),
    state: z.enum(['active', 'expired', 'revoked']),
    expiresAt: timestampSchema,
    revokedAt: timestampSchema.nullable(),
    createdAt: timestampSchema,
    createdBy: personSchema,
  })
  .meta({
    id: 'UploadLink',
    description: 'A link with which people without an account send files for a campaign.',
  });
export type UploadLink = z.output<typeof uploadLinkSchema>;

export const issuedUploadLinkSchema = uploadLinkSchema
  .extend({ url: z.url().describe('Shown this once: the library keeps no more than its hash.') })
  .meta({ id: 'IssuedUploadLink' });
export type IssuedUploadLink = z.output<typeof issuedUploadLinkSchema>;

const expiresAt = timestampSchema.describe(`At most ${maxUploadLinkDays} days from now.`);
const password = z.string().min(6, 'has at least 6 characters').max(200);
const settings = {
  name: nameSchema("a link's name", 200),
  message: proseSchema(2000).nullable(),
  maxBytes: z
    .int()
    .positive()
    .max(1024 ** 5),
  maxFiles: z.int().positive().max(10_000),
};

export const uploadLinkCreateInputSchema = z.strictObject({
  campaignId: campaignIdSchema,
  name: settings.name,
  message: settings.message.default(null),
  maxBytes: settings.maxBytes.default(10 * 1024 ** 3).describe('Of all files together; 10 GiB unless said.'),
  maxFiles: settings.maxFiles.default(100),
  password: password.optional(),
  expiresAt: expiresAt.optional().describe(`In ${usualUploadLinkDays} days unless said.`),
});

export const uploadLinkListInputSchema = z.strictObject({ campaignId: campaignIdSchema });
export const uploadLinkIdInputSchema = z.strictObject({ id: uploadLinkIdSchema });

export const uploadLinkUpdateInputSchema = z.strictObject({
  id: uploadLinkIdSchema,
  ...z.strictObject({ ...settings, expiresAt }).partial().shape,
  password: password.nullable().optional().describe('Null takes the password away.'),
});
