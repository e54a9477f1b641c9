import { z } from 'zod';
import { assetTypeSchema } from './format.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema, collectionIdSchema, shareIdSchema } from './id.ts';
import { cursorSchema } from './page.ts';
import { timestampSchema } from './time.ts';

/** An asset that is on its way out. Its files are served to nobody until it is restored. */
export const trashedAssetSchema = z
  .strictObject({
    id: assetIdSchema,
    type: assetTypeSchema,
    format: z.string(),
    name: z.string(),
    clientId: clientIdSchema,
    campaignId: campaignIdSchema.nullable(),
    size: z.int().positive().describe('Bytes of its current version.'),
    thumbhash: z.string().nullable(),
    rowVersion: z.int().positive(),
    trashedAt: timestampSchema,
    purgeAt: timestampSchema
      .nullable()
      .describe('When it is deleted for good unless something is made of it; null: never by itself.'),
  })
  .meta({ id: 'TrashedAsset' });
export type TrashedAsset = z.output<typeof trashedAssetSchema>;

export const trashListInputSchema = z.object({
  clientId: clientIdSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const assetRestoreInputSchema = z.strictObject({
  id: assetIdSchema,
  rowVersion: z.int().positive().optional(),
});

export const assetPurgeInputSchema = z.strictObject({
  id: assetIdSchema,
  force: z
    .boolean()
    .default(false)
    .describe('Also when something is made of it: what that was made of is then forgotten.'),
});

export const trashEmptyInputSchema = z.strictObject({ clientId: clientIdSchema });

/** What came of emptying a trash: `kept` are those that something is still made of. */
export const trashEmptiedSchema = z
  .strictObject({ purged: z.int().nonnegative(), kept: z.int().nonnegative() })
  .meta({ id: 'TrashEmptied' });
export type TrashEmptied = z.output<typeof trashEmptiedSchema>;

const named = <T extends z.ZodType>(id: T) => z.array(z.strictObject({ id, name: z.string() }));

/** Where an asset is used: what people look at before they delete it. */
export const assetUsesSchema = z
  .strictObject({
    collections: named(collectionIdSchema),
    shares: named(shareIdSchema).describe('Links that show it and still work.'),
    madeInto: named(assetIdSchema).describe(
      'Assets that are made of a version of it, and are not in the trash.',
    ),
  })
  .meta({ id: 'AssetUses' });
export type AssetUses = z.output<typeof assetUsesSchema>;
