import { z } from 'zod';
import { assetTypeSchema } from './format.ts';
import { assetIdSchema } from './id.ts';

const line = (max: number) => z.string().normalize('NFC').trim().min(1).max(max);

/** One version of one asset. */
export const versionRefSchema = z
  .strictObject({ assetId: assetIdSchema, version: z.int().positive() })
  .meta({ id: 'VersionRef' });
export type VersionRef = z.output<typeof versionRefSchema>;

/** What something was made of, and what it was used as: an asset's role, or a word of the maker's own. */
export const derivationSchema = z
  .strictObject({
    ...versionRefSchema.shape,
    role: line(64).describe('What it was used as, e.g. `brand_logo` or `voice_sample`.'),
  })
  .meta({ id: 'Derivation' });
export type Derivation = z.output<typeof derivationSchema>;
export type DerivationInput = z.input<typeof derivationSchema>;

/** How something was generated. */
export const generationSchema = z
  .strictObject({
    generator: line(200).describe('The program or service.'),
    model: line(200).nullable().default(null),
    prompt: z.string().max(20_000).nullable().default(null),
    requestId: line(200).nullable().default(null).describe('The generator’s own number of the request.'),
  })
  .meta({ id: 'Generation' });
export type Generation = z.output<typeof generationSchema>;
export type GenerationInput = z.input<typeof generationSchema>;

export const maxDerivations = 100;
/** How many steps a question about lineage follows at most. */
export const maxLineageDepth = 50;

const version = z.int().positive().optional().describe('Default: the current one.');

/** Replaces what a version is said to be made of. */
export const lineageSetInputSchema = z.object({
  id: assetIdSchema,
  version,
  derivedFrom: z
    .array(derivationSchema)
    .max(maxDerivations)
    .optional()
    .describe('Versions of assets of the same client. Left out: stays as it is.'),
  generation: generationSchema.nullable().optional().describe('Null: not generated. Left out: stays.'),
});
export type LineageSetInput = z.input<typeof lineageSetInputSchema>;

export const lineageInputSchema = z.object({
  id: assetIdSchema,
  version,
  depth: z
    .int()
    .min(1)
    .max(maxLineageDepth)
    .default(maxLineageDepth)
    .describe('How many steps to follow; 1: only what it is made of or used in itself.'),
});
export type LineageInput = z.input<typeof lineageInputSchema>;

export const lineageAffectedInputSchema = z.object({
  id: assetIdSchema,
  version: z.int().positive().optional().describe('Only what uses this version; default: any of them.'),
});

/** A step from one version to the next that it is made of or used in. */
const lineageStepSchema = z.strictObject({
  ...versionRefSchema.shape,
  role: z
    .string()
    .nullable()
    .describe('What the one of the two was used as in the other; null for the first.'),
});

/** A version that another one leads to. */
export const lineageItemSchema = z
  .strictObject({
    ...versionRefSchema.shape,
    name: z.string().describe('Of the asset.'),
    type: assetTypeSchema,
    current: z.boolean().describe('Whether it is the current version of its asset.'),
    trashed: z.boolean().describe('Whether its asset is in the trash.'),
    depth: z.int().positive().describe('How many steps away.'),
    path: z
      .array(lineageStepSchema)
      .min(2)
      .describe('A shortest way, from the version that was asked about to this one.'),
  })
  .meta({ id: 'LineageItem' });
export type LineageItem = z.output<typeof lineageItemSchema>;

const items = z.array(lineageItemSchema).describe('Nearest first.');
const complete = z
  .boolean()
  .describe('False: there is more, further away or beyond the number of steps that one answer follows.');

/** What a version is made of, or used in. */
export const lineageSchema = z
  .strictObject({
    ...versionRefSchema.shape,
    generation: generationSchema.nullable().describe('How the version that was asked about was generated.'),
    items,
    complete,
  })
  .meta({ id: 'Lineage' });
export type Lineage = z.output<typeof lineageSchema>;

/** What has to be pulled when an asset may not be used any more. */
export const lineageAffectedSchema = z
  .strictObject({ assetId: assetIdSchema, version: z.int().positive().nullable(), items, complete })
  .meta({ id: 'LineageAffected' });
export type LineageAffected = z.output<typeof lineageAffectedSchema>;
