import { z } from 'zod';
import { problemSchema } from './error.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema, importIdSchema } from './id.ts';
import { timestampSchema } from './time.ts';
import { ingestOutcomeSchema, uploadInputSchema } from './upload.ts';

export const maxImportItems = 100;

const { name, tags, path, note, rights, type, duplicates } = uploadInputSchema.shape;
const itemShape = {
  url: z.string().trim().min(1).max(4000).describe('http or https, without a password.'),
  campaignId: campaignIdSchema.optional(),
  ...{ name, tags, path, note, rights, type, duplicates },
};

/** One address. */
export const assetImportFromUrlInputSchema = z.object({ clientId: clientIdSchema, ...itemShape });
export type AssetImportFromUrlInput = z.input<typeof assetImportFromUrlInputSchema>;

/** Up to a hundred at once, each with an outcome of its own. */
export const importCreateInputSchema = z.object({
  clientId: clientIdSchema,
  items: z.array(z.object(itemShape)).min(1).max(maxImportItems),
});
export type ImportCreateInput = z.input<typeof importCreateInputSchema>;

export const importIdInputSchema = z.object({ id: importIdSchema });

const base = { position: z.int().nonnegative().describe('As it was asked, from 0.'), url: z.string() };
const progress = {
  receivedBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative().nullable().describe('Null when the server does not say.'),
};

/** How far one address has come. */
export const importItemSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ ...base, state: z.literal('waiting') }),
    z.strictObject({ ...base, state: z.literal('running'), ...progress }),
    z.strictObject({
      ...base,
      state: z.literal('done'),
      outcome: ingestOutcomeSchema,
      assetId: assetIdSchema,
    }),
    z.strictObject({
      ...base,
      state: z.literal('failed'),
      error: z.strictObject({ code: problemSchema.shape.code, detail: z.string() }),
    }),
  ])
  .meta({ id: 'ImportItem' });
export type ImportItem = z.output<typeof importItemSchema>;

/** Addresses that are being fetched; their items stand in the order in which they were asked. */
export const importSchema = z
  .strictObject({
    id: importIdSchema,
    clientId: clientIdSchema,
    createdAt: timestampSchema,
    finishedAt: timestampSchema.nullable(),
    items: z.array(importItemSchema),
  })
  .meta({ id: 'Import' });
export type Import = z.output<typeof importSchema>;
