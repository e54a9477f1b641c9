import { z } from 'zod';
import { assetFactsSchema } from './facts.ts';
import { assetIdSchema, sha256Schema, userIdSchema } from './id.ts';
import { rightsSchema } from './rights.ts';
import { timestampSchema } from './time.ts';

/** One state of an asset's bytes. It never changes; only its rights may be said later. */
export const assetVersionSchema = z
  .strictObject({
    number: z.int().positive().describe('Counted from 1.'),
    current: z.boolean().describe('Whether the asset points at it.'),
    createdAt: timestampSchema,
    createdBy: z.strictObject({ id: userIdSchema, name: z.string() }),
    note: z.string().nullable(),
    sourceUrl: z.string().nullable().describe('Where it was fetched from.'),
    facts: assetFactsSchema,
    mimeType: z.string(),
    size: z.int().positive().describe('Bytes.'),
    sha256: sha256Schema,
    rights: rightsSchema,
    url: z.string().describe('The bytes of this version.'),
    thumbnailUrl: z.string().nullable().describe('Null while there is none.'),
  })
  .meta({ id: 'AssetVersion' });
export type AssetVersion = z.output<typeof assetVersionSchema>;

export const versionRestoreInputSchema = z.strictObject({
  id: assetIdSchema,
  version: z.coerce.number().int().positive(),
  rowVersion: z.int().positive().optional(),
  note: z.string().normalize('NFC').trim().max(2000).optional(),
});
