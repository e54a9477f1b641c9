import { z } from 'zod';
import { assetTagsSchema } from './asset-input.ts';
import { errorCodeSchema } from './error.ts';
import { assetTypeSchema } from './format.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema, sha256Schema } from './id.ts';
import { derivationSchema, generationSchema, maxDerivations } from './lineage.ts';
import { rightsInputSchema } from './rights.ts';
import { nameSchema, proseSchema } from './text.ts';

/**
 * What became of bytes that came in: a new asset, one that is there already (the same bytes at the same client and campaign), a new
 * version of an asset, or one that was fetched back, out of the trash or out of its older versions.
 */
export const ingestOutcomes = ['created', 'deduplicated', 'new_version', 'restored'] as const;
export const ingestOutcomeSchema = z.enum(ingestOutcomes).meta({ id: 'IngestOutcome' });
export type IngestOutcome = z.output<typeof ingestOutcomeSchema>;

/** What came of an upload in pieces once all its bytes were there. */
export const uploadResultSchema = z.union([
  z.object({ outcome: ingestOutcomeSchema, assetId: assetIdSchema }).readonly(),
  z.object({ error: z.object({ code: errorCodeSchema, detail: z.string() }).readonly() }).readonly(),
]);
export type UploadResult = z.output<typeof uploadResultSchema>;

/** Folders as the sender had them, with `/` between; never anywhere outside. */
const folderPathSchema = z
  .string()
  .normalize('NFC')
  .transform((path) => path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.'))
  .refine((parts) => !parts.includes('..'), 'must not contain `..`')
  .transform((parts) => parts.join('/'))
  .refine((path) => path.length <= 1000, 'has at most 1000 characters')
  .refine((path) => !/\p{Cc}/u.test(path) && path.isWellFormed(), 'must be well-formed text in one line');

/** What is said of an asset that is to be made, wherever its bytes come from. */
const newAssetShape = {
  clientId: clientIdSchema,
  campaignId: campaignIdSchema.optional(),
  name: nameSchema("an asset's name", 255).optional().describe("Default: the file's name."),
  tags: assetTagsSchema.default([]).describe('Free tags and role names.'),
  path: folderPathSchema.optional().describe('The folder that the file lay in, e.g. `shoot/day-1`.'),
  note: proseSchema(2000).optional().describe('Of this version, for those who read its history.'),
  rights: rightsInputSchema.optional(),
  derivedFrom: z
    .array(derivationSchema)
    .max(maxDerivations)
    .optional()
    .describe('What it was made of: versions of assets of the same client.'),
  generation: generationSchema.optional().describe('How it was generated, if it was.'),
};

/** The fields beside the file in an upload. The bytes decide the kind; `type` is a promise that is checked. */
export const uploadInputSchema = z.object({
  ...newAssetShape,
  type: assetTypeSchema.optional().describe('Must agree with the bytes.'),
  assetId: assetIdSchema
    .optional()
    .describe('The bytes become a new version of this asset; its name, tags and place stay.'),
  rowVersion: z
    .int()
    .positive()
    .optional()
    .describe('With `assetId`: the version that was looked at; another one now → `conflict`.'),
  duplicates: z
    .enum(['reuse', 'keep'])
    .default('reuse')
    .describe(
      '`reuse`: the same bytes at the same client and campaign are the asset that is there. `keep`: another asset.',
    ),
});
export type UploadFields = z.output<typeof uploadInputSchema>;

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);

/** A text field that holds JSON. What is none goes on as it is, and is refused by name. */
const jsonText = (value: unknown) => {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
const numberText = (value: unknown) =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : blankIsAbsent(value);

/** The same as multipart text fields: what is no text is JSON in a string; an empty field counts as left out. */
export const uploadFormSchema = z.object({
  clientId: z.preprocess(blankIsAbsent, uploadInputSchema.shape.clientId),
  campaignId: z.preprocess(blankIsAbsent, uploadInputSchema.shape.campaignId),
  name: z.preprocess(blankIsAbsent, uploadInputSchema.shape.name),
  type: z.preprocess(blankIsAbsent, uploadInputSchema.shape.type),
  tags: z.preprocess(jsonText, uploadInputSchema.shape.tags),
  path: z.preprocess(blankIsAbsent, uploadInputSchema.shape.path),
  note: z.preprocess(blankIsAbsent, uploadInputSchema.shape.note),
  rights: z.preprocess(jsonText, uploadInputSchema.shape.rights),
  derivedFrom: z.preprocess(jsonText, uploadInputSchema.shape.derivedFrom),
  generation: z.preprocess(jsonText, uploadInputSchema.shape.generation),
  assetId: z.preprocess(blankIsAbsent, uploadInputSchema.shape.assetId),
  rowVersion: z.preprocess(numberText, uploadInputSchema.shape.rowVersion),
  duplicates: z.preprocess(blankIsAbsent, uploadInputSchema.shape.duplicates),
});

/** Which of a client's assets hold these bytes. */
export const assetByHashInputSchema = z.object({ clientId: clientIdSchema, sha256: sha256Schema });

/** An asset of bytes that the client holds already, in whatever version of whatever asset; nothing is sent. */
export const assetCreateFromHashInputSchema = z.object({
  ...newAssetShape,
  sha256: sha256Schema,
  name: nameSchema("an asset's name", 255),
  duplicates: uploadInputSchema.shape.duplicates,
});
export type AssetCreateFromHashInput = z.input<typeof assetCreateFromHashInputSchema>;
