import { z } from 'zod';
import { assetTagsSchema } from './asset-input.ts';
import { assetTypeSchema } from './format.ts';
import { campaignIdSchema, clientIdSchema } from './id.ts';
import type { AudioRole, Role, VisualRole } from './tag.ts';
import { nameSchema } from './text.ts';

/** The fields beside the file in an upload. The bytes decide the kind; `type` is a promise that is checked. */
export const uploadInputSchema = z.object({
  clientId: clientIdSchema,
  campaignId: campaignIdSchema.optional(),
  name: nameSchema("an asset's name", 255).optional().describe("Default: the file's name."),
  type: assetTypeSchema.optional().describe('Must agree with the bytes.'),
  tags: assetTagsSchema.default([]).describe('Free tags and role names.'),
});
export type UploadFields = z.output<typeof uploadInputSchema>;

/** The same as multipart text fields: `tags` is a JSON array in a string; an empty field counts as left out. */
const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);
export const uploadFormSchema = z.object({
  clientId: z.preprocess(blankIsAbsent, uploadInputSchema.shape.clientId),
  campaignId: z.preprocess(blankIsAbsent, uploadInputSchema.shape.campaignId),
  name: z.preprocess(blankIsAbsent, uploadInputSchema.shape.name),
  type: z.preprocess(blankIsAbsent, uploadInputSchema.shape.type),
  tags: z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return value; // refused below, by name, as not an array
    }
  }, uploadInputSchema.shape.tags),
});

type RolesFor =
  | { type: 'image' | 'video'; roles?: readonly VisualRole[] }
  | { type: 'audio'; roles?: readonly AudioRole[] }
  | { type: 'document'; roles?: readonly never[] }
  | { type?: undefined; roles?: readonly Role[] };

/**
 * What a typed caller gives beside the file. Naming the `type` makes the compiler check the roles:
 * `{ type: 'audio', roles: ['first_frame'] }` does not compile. Roles travel among the tags.
 */
export type UploadInput = {
  clientId: string;
  campaignId?: string;
  name?: string;
  tags?: readonly string[];
} & RolesFor;
