import { z } from 'zod';
import { prioritySchema } from './asset.ts';
import { assetFilterSchema, assetTagsSchema } from './asset-input.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema } from './id.ts';
import { tagKey } from './tag.ts';

/** Assets that one bulk edit may name. */
export const maxBulkAssets = 1000;

const allDiffer = (ids: readonly string[]) => new Set(ids).size === ids.length;

/** Assets by name, each once. */
export const assetSelectionSchema = z
  .array(assetIdSchema)
  .min(1)
  .max(maxBulkAssets)
  .refine(allDiffer, 'names an asset twice');

/** Why a bulk edit passed over an asset. */
export const bulkReasons = [
  'not_found',
  'role_of_another_kind',
  'too_many_tags',
  'campaign_of_another_client',
  'asset_of_another_client',
  'linked_assets',
  'edited_meanwhile',
] as const;
export const bulkReasonSchema = z.enum(bulkReasons).meta({ id: 'BulkReason' });
export type BulkReason = z.output<typeof bulkReasonSchema>;

/** What became of one asset. */
export const bulkOutcomeSchema = z
  .discriminatedUnion('outcome', [
    z.strictObject({ id: assetIdSchema, outcome: z.literal('changed') }),
    z.strictObject({ id: assetIdSchema, outcome: z.literal('unchanged') }),
    z.strictObject({
      id: assetIdSchema,
      outcome: z.literal('skipped'),
      reason: bulkReasonSchema,
      detail: z.string(),
    }),
  ])
  .meta({ id: 'BulkOutcome' });
export type BulkOutcome = z.output<typeof bulkOutcomeSchema>;

const count = z.int().nonnegative();

export const bulkAnswerSchema = z
  .strictObject({
    changed: count,
    unchanged: count.describe('They were so already.'),
    skipped: count,
    reasons: z
      .array(z.strictObject({ reason: bulkReasonSchema, count: z.int().positive() }))
      .describe('Why assets were skipped, and how many.'),
    outcomes: z
      .array(bulkOutcomeSchema)
      .nullable()
      .describe('For each asset, in the order of the input; null where a query chose them.'),
  })
  .meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.output<typeof bulkAnswerSchema>;

/** Which assets: those that are named, or all that a query finds. */
const bulkTargetSchema = z
  .union([z.strictObject({ ids: assetSelectionSchema }), z.strictObject({ query: assetFilterSchema })])
  .meta({
    id: 'BulkTarget',
    description: 'Assets by their ids, or everything that the filter of a list finds; `{}` finds all.',
  });

/** A role's name means the role. */
export const assetBulkTagInputSchema = z
  .object({
    assets: bulkTargetSchema,
    add: assetTagsSchema.default([]),
    remove: assetTagsSchema.default([]),
  })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    path: ['add'],
    message: 'name a tag to add or to remove',
  })
  .refine(({ add, remove }) => !remove.some((tag) => add.map(tagKey).includes(tagKey(tag))), {
    path: ['remove'],
    message: 'a tag is either added or removed',
  });
export type AssetBulkTagInput = z.input<typeof assetBulkTagInputSchema>;

export const assetBulkMoveInputSchema = z.object({
  ids: assetSelectionSchema,
  campaignId: campaignIdSchema.nullable().describe('Null gives them back to their clients.'),
});
export type AssetBulkMoveInput = z.input<typeof assetBulkMoveInputSchema>;

/** Gives assets that came without a client to one; see `unassignedClientId`. */
export const assetBulkAssignInputSchema = z.object({
  ids: assetSelectionSchema,
  clientId: clientIdSchema,
  campaignId: campaignIdSchema.optional().describe('A campaign of that client.'),
});
export type AssetBulkAssignInput = z.input<typeof assetBulkAssignInputSchema>;

export const assetBulkTrashInputSchema = z.object({ ids: assetSelectionSchema });
export type AssetBulkTrashInput = z.input<typeof assetBulkTrashInputSchema>;

export const assetBulkPriorityInputSchema = z.object({
  items: z
    .array(z.strictObject({ id: assetIdSchema, priority: prioritySchema.nullable() }))
    .min(1)
    .max(maxBulkAssets)
    .refine((items) => allDiffer(items.map(({ id }) => id)), 'names an asset twice'),
});
export type AssetBulkPriorityInput = z.input<typeof assetBulkPriorityInputSchema>;
