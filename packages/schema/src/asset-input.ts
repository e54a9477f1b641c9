import { z } from 'zod';
import { prioritySchema } from './asset.ts';
import { assetCursorSchema, assetSortSchema } from './asset-sort.ts';
import { assetTypeSchema } from './format.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema } from './id.ts';
import { pageInputShape } from './page.ts';
import { audioRoleSchema, tagNameSchema, visualRoleSchema } from './tag.ts';
import { nameSchema } from './text.ts';

const filterShape = {
  clientId: clientIdSchema.optional(),
  campaignId: campaignIdSchema.optional(),
  type: assetTypeSchema.optional(),
  tags: z
    .array(tagNameSchema)
    .max(20)
    .optional()
    .describe('Assets that carry all of these (role names count).'),
  q: z.string().trim().max(200).optional().describe('Words of the name; case and accents do not matter.'),
};

/** Which assets of a list; a name that is none of these is refused. */
export const assetFilterSchema = z.strictObject(filterShape);

export const assetListInputSchema = z.object({
  ...filterShape,
  ...pageInputShape,
  sort: assetSortSchema.optional().describe('`newest` unless said; the only one beside `q`.'),
  cursor: assetCursorSchema
    .optional()
    .describe('`nextCursor` of the page before, in the same sort; instead of `offset`.'),
});
export type AssetListInput = z.input<typeof assetListInputSchema>;

export const assetIdInputSchema = z.object({ id: assetIdSchema });

const maxTags = 100;
export const assetTagsSchema = z.array(tagNameSchema).max(maxTags);

/** Fields that are left out stay as they are. `campaignId: null` gives the asset back to the client itself. */
export const assetUpdateInputSchema = z.object({
  id: assetIdSchema,
  rowVersion: z
    .int()
    .positive()
    .optional()
    .describe('The version that was edited; another one now → `conflict`.'),
  name: nameSchema("an asset's name", 255).optional(),
  campaignId: campaignIdSchema.nullable().optional().describe("A campaign of the asset's own client."),
  tags: assetTagsSchema.optional().describe('Replaces all tags; a role’s name means the role.'),
  priority: prioritySchema.nullable().optional().describe('1 is chosen first; null takes it away.'),
});
export type AssetUpdateInput = z.input<typeof assetUpdateInputSchema>;

/** Sets the roles of an asset; the kind decides which roles compile. */
export const assetSetRolesInputSchema = z.discriminatedUnion('type', [
  z.object({ id: assetIdSchema, type: z.literal('image'), roles: z.array(visualRoleSchema) }),
  z.object({ id: assetIdSchema, type: z.literal('video'), roles: z.array(visualRoleSchema) }),
  z.object({ id: assetIdSchema, type: z.literal('audio'), roles: z.array(audioRoleSchema) }),
]);
export type AssetSetRolesInput = z.input<typeof assetSetRolesInputSchema>;

export const assetTrashInputSchema = z.object({
  id: assetIdSchema,
  rowVersion: z.int().positive().optional(),
});
