import { z } from 'zod';
import { assetIdSchema } from './id.ts';

/** Whether a licence lets a machine learn from or generate with an asset. */
export const aiUses = ['allowed', 'refused', 'unknown'] as const;
export const aiUseSchema = z.enum(aiUses).meta({ id: 'AiUse' });
export type AiUse = z.output<typeof aiUseSchema>;

const line = (max: number) => z.string().normalize('NFC').trim().min(1).max(max);

/** What a version of an asset may be used for. What is null or empty sets no bounds. */
export const rightsSchema = z
  .strictObject({
    licence: line(200).nullable().describe('Its name or number, as a person would look it up.'),
    from: z.iso.date().nullable().describe('The first day of use, in UTC.'),
    to: z.iso.date().nullable().describe('The last day of use, in UTC.'),
    territories: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as DE'))
      .max(250)
      .describe('ISO 3166-1 codes; empty: everywhere.'),
    channels: z
      .array(line(64).toLowerCase())
      .max(50)
      .describe('Where it may run, such as `social`, `tv`, `print`; empty: everywhere.'),
    credit: line(500).nullable().describe('Who has to be named.'),
    aiUse: aiUseSchema,
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    message: 'must not be before `from`',
  })
  .meta({ id: 'Rights' });
export type Rights = z.output<typeof rightsSchema>;

/** Rights as a caller gives them: what is left out sets no bounds, and `aiUse` is unknown. */
export const rightsInputSchema = z
  .strictObject({
    licence: rightsSchema.shape.licence.default(null),
    from: rightsSchema.shape.from.default(null),
    to: rightsSchema.shape.to.default(null),
    territories: rightsSchema.shape.territories.default([]),
    channels: rightsSchema.shape.channels.default([]),
    credit: rightsSchema.shape.credit.default(null),
    aiUse: aiUseSchema.default('unknown'),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    message: 'must not be before `from`',
  });
export type RightsInput = z.input<typeof rightsInputSchema>;

/** Nothing is known. */
export const unknownRights: Rights = rightsInputSchema.parse({});

const version = z.int().positive().describe('Of the asset.');

export const assetRightsInputSchema = z.object({
  id: assetIdSchema,
  version: version.optional().describe('Default: the current one.'),
});

/** Replaces the rights of the current version. */
export const assetSetRightsInputSchema = z.object({
  id: assetIdSchema,
  rowVersion: z
    .int()
    .positive()
    .optional()
    .describe('The version that was looked at; another one now → `conflict`.'),
  rights: rightsInputSchema,
});
export type AssetSetRightsInput = z.input<typeof assetSetRightsInputSchema>;

/** The rights of one version of an asset. */
export const assetRightsSchema = z
  .strictObject({ assetId: assetIdSchema, version, rowVersion: z.int().positive(), rights: rightsSchema })
  .meta({ id: 'AssetRights' });
export type AssetRights = z.output<typeof assetRightsSchema>;
