import { z } from 'zod';
import { assetTypeSchema } from './format.ts';
import { personSchema } from './grant.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema, collectionIdSchema, shareIdSchema } from './id.ts';
import { cursorSchema, maxPageSize } from './page.ts';
import { shareQualities, shareVisitKinds } from './share-kinds.ts';
import { nameSchema } from './text.ts';
import { timestampSchema } from './time.ts';

export const maxShareDays = 365;
/** How long a link works that is made without saying so. */
export const usualShareDays = 30;
export const maxSharedAssets = 500;
export const maxShareRecipients = 50;

const assetIdsSchema = z.array(assetIdSchema).max(maxSharedAssets);
const targetWith = <Ids extends z.ZodType>(assetIds: Ids) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('asset'), assetId: assetIdSchema }),
    z.strictObject({ kind: z.literal('assets'), assetIds }),
    z.strictObject({ kind: z.literal('collection'), collectionId: collectionIdSchema }),
    z.strictObject({ kind: z.literal('campaign'), campaignId: campaignIdSchema }),
  ]);

export const shareTargetSchema = targetWith(
  assetIdsSchema.describe(
    'In the order in which they are shown; those that were deleted since are left out.',
  ),
).meta({
  id: 'ShareTarget',
  description:
    'What a share link shows. A collection or campaign is shown as it is at each visit, and nothing that the one who made the link may not see.',
});
export type ShareTarget = z.output<typeof shareTargetSchema>;

export const shareStates = ['active', 'expired', 'revoked', 'spent'] as const;

export const shareSchema = z
  .strictObject({
    id: shareIdSchema,
    clientId: clientIdSchema,
    name: z.string(),
    recipient: z.string().nullable().describe('For whom it was made; null: nobody in particular.'),
    target: shareTargetSchema,
    quality: z
      .enum(shareQualities)
      .describe('Which bytes it gives: the originals, or only what is made of them.'),
    downloads: z.boolean().describe('Whether files may be saved, one by one or as a ZIP.'),
    hasPassword: z.boolean(),
    maxUses: z.int().positive().nullable().describe('How many visits may begin; null: any number.'),
    uses: z.int().nonnegative().describe('How many visits have begun.'),
    downloadCount: z.int().nonnegative(),
    lastVisitAt: timestampSchema.nullable(),
    state: z.enum(shareStates).describe('`spent`: as many visits as it allows have begun.'),
    expiresAt: timestampSchema,
    revokedAt: timestampSchema.nullable(),
    createdAt: timestampSchema,
    createdBy: personSchema,
  })
  .meta({ id: 'Share', description: 'A link that shows something to people without an account.' });
export type Share = z.output<typeof shareSchema>;

export const issuedShareSchema = shareSchema
  .extend({ url: z.url().describe('Shown this once: the library keeps no more than its hash.') })
  .meta({ id: 'IssuedShare' });
export type IssuedShare = z.output<typeof issuedShareSchema>;

const expiresAt = timestampSchema.describe(`At most ${maxShareDays} days from now.`);
const password = z.string().min(6, 'has at least 6 characters').max(200);
const settings = {
  name: nameSchema("a link's name", 200),
  quality: z.enum(shareQualities),
  downloads: z.boolean(),
  maxUses: z.int().positive().max(1_000_000).nullable(),
};

export const shareCreateInputSchema = z.strictObject({
  target: targetWith(
    assetIdsSchema
      .min(1, 'names at least one asset')
      .refine((ids) => new Set(ids).size === ids.length, 'names no asset twice'),
  ),
  name: settings.name,
  quality: settings.quality.default('originals'),
  downloads: settings.downloads.default(true),
  maxUses: settings.maxUses.default(null),
  password: password.optional(),
  expiresAt: expiresAt.optional().describe(`In ${usualShareDays} days unless said.`),
  recipients: z
    .array(nameSchema('a recipient', 200))
    .max(maxShareRecipients)
    .refine((names) => new Set(names).size === names.length, 'names nobody twice')
    .default([])
    .describe(
      'A link for each, so that it can be told who opened what; left out: one link for nobody in particular.',
    ),
});

export const shareListInputSchema = z.object({
  clientId: clientIdSchema,
  assetId: assetIdSchema.optional().describe('Only links that name this asset itself.'),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
});

export const shareIdInputSchema = z.strictObject({ id: shareIdSchema });

export const shareUpdateInputSchema = z.strictObject({
  id: shareIdSchema,
  ...z.strictObject({ ...settings, expiresAt }).partial().shape,
  password: password
    .nullable()
    .optional()
    .describe('Null takes the password away. Visits begun before end with another one.'),
});

export const sharePageSchema = z.strictObject({
  items: z.array(shareSchema),
  nextCursor: z.string().nullable(),
});

export const shareVisitSchema = z
  .strictObject({
    at: timestampSchema,
    kind: z.enum(shareVisitKinds),
    assetId: assetIdSchema.nullable().describe('What was downloaded; null: all of it, or nothing.'),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'ShareVisit' });
export type ShareVisit = z.output<typeof shareVisitSchema>;

export const shareVisitsInputSchema = z.strictObject({
  id: shareIdSchema,
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(100),
});

/** One thing that a share page shows. Addresses are paths of this server. */
export const sharedItemSchema = z
  .strictObject({
    id: assetIdSchema,
    type: assetTypeSchema,
    format: z.string(),
    name: z.string(),
    size: z.int().positive().describe('Bytes of the original.'),
    width: z.int().positive().nullable(),
    height: z.int().positive().nullable(),
    durationMs: z.int().positive().nullable(),
    pageCount: z.int().positive().nullable(),
    thumbhash: z.string().nullable(),
    thumbnailUrl: z.string(),
    previewUrl: z.string().nullable().describe('A larger picture; null where there is none.'),
    waveformUrl: z.string().nullable(),
    dataUrl: z
      .string()
      .nullable()
      .describe('The original, to be shown in place; null where the link does not give it.'),
    downloadUrl: z
      .string()
      .nullable()
      .describe('What is saved: the original or a picture of it; null: nothing.'),
  })
  .meta({ id: 'SharedItem' });
export type SharedItem = z.output<typeof sharedItemSchema>;

/** What a visitor is answered: a page of what is shared, or that a password is needed first. */
export const sharedPageSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('locked') }),
    z.strictObject({
      state: z.literal('open'),
      name: z.string(),
      client: z.string(),
      colors: z.array(z.string()).describe("The client's first two colours, #RRGGBB."),
      logoUrl: z.string().nullable(),
      quality: z.enum(shareQualities),
      downloads: z.boolean(),
      zipUrl: z.string().nullable(),
      expiresAt: timestampSchema,
      items: z.array(sharedItemSchema),
      nextCursor: z.string().nullable(),
    }),
  ])
  .meta({ id: 'SharedPage' });
export type SharedPage = z.output<typeof sharedPageSchema>;

export const shareUnlockInputSchema = z.strictObject({ password: z.string().min(1).max(200) });
export const sharedPageInputSchema = z.strictObject({
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(100),
});
