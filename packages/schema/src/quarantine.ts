import { z } from 'zod';
import {
  assetIdSchema,
  campaignIdSchema,
  clientIdSchema,
  quarantinedFileIdSchema,
  sha256Schema,
} from './id.ts';
import { maxPageSize } from './page.ts';
import { timestampSchema } from './time.ts';
import { ingestOutcomeSchema } from './upload.ts';

export const quarantinedFileSchema = z
  .strictObject({
    id: quarantinedFileIdSchema,
    clientId: clientIdSchema.describe('Of whom it was to be, as far as that was known.'),
    fileName: z.string(),
    size: z.int().positive().describe('Bytes.'),
    sha256: sha256Schema,
    reason: z.string().describe('Why it is no asset, in words.'),
    createdAt: timestampSchema,
  })
  .meta({
    id: 'QuarantinedFile',
    description: 'Bytes that are kept, but are no asset: a scan or an import refused them.',
  });
export type QuarantinedFile = z.output<typeof quarantinedFileSchema>;

/** Where a page ends: the time in milliseconds and the id that breaks ties, as text. */
const quarantineCursorSchema = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f-]{36}$/, 'is not a cursor that this server made; begin without one')
  .transform((text) => ({ at: Number(text.slice(0, -37)), id: text.slice(-36) }))
  .pipe(z.object({ at: z.int(), id: quarantinedFileIdSchema }));
export type QuarantinePosition = z.output<typeof quarantineCursorSchema>;

export const encodeQuarantineCursor = ({ at, id }: { readonly at: number; readonly id: string }) =>
  `${at}.${id}`;

export const quarantineListInputSchema = z.object({
  cursor: quarantineCursorSchema.optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
});

export const quarantinePageSchema = z.strictObject({
  items: z.array(quarantinedFileSchema),
  nextCursor: z.string().nullable(),
});

export const quarantineIdInputSchema = z.object({ id: quarantinedFileIdSchema });

export const quarantineAcceptInputSchema = z.object({
  id: quarantinedFileIdSchema,
  clientId: clientIdSchema,
  campaignId: campaignIdSchema.optional().describe('A campaign of that client.'),
});

export const quarantineAcceptedSchema = z
  .strictObject({ outcome: ingestOutcomeSchema, assetId: assetIdSchema })
  .meta({ id: 'QuarantineAccepted' });
