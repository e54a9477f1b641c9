import { z } from 'zod';
import type { AssetType } from './format.ts';
import { clientIdSchema, tagIdSchema } from './id.ts';
import { nameSchema } from './text.ts';

export const visualRoles = [
  'first_frame',
  'subject',
  'brand_logo',
  'product_shot',
  'background',
  'transition',
  'closing_frame',
] as const;
export const audioRoles = ['use_full_audio', 'voice_sample'] as const;

/** Which role tags a kind may carry. The type, the zod schema and the database's CHECK all come from here. */
export const roleTable = {
  image: visualRoles,
  video: visualRoles,
  audio: audioRoles,
  document: [],
} as const satisfies Record<AssetType, readonly string[]>;

export const visualRoleSchema = z
  .enum(visualRoles)
  .meta({ id: 'VisualRole', description: 'What an image or a video may be used as.' });
export type VisualRole = z.output<typeof visualRoleSchema>;

export const audioRoleSchema = z
  .enum(audioRoles)
  .meta({ id: 'AudioRole', description: 'What an audio asset may be used as.' });
export type AudioRole = z.output<typeof audioRoleSchema>;

export type Role = VisualRole | AudioRole;
/** The roles of one kind: `RoleOf<'audio'>` is `'use_full_audio' | 'voice_sample'`, `RoleOf<'document'>` is `never`. */
export type RoleOf<T extends AssetType> = (typeof roleTable)[T][number];

export const roles: readonly Role[] = [...visualRoles, ...audioRoles];

/** The role that a tag's name means (case does not count), or null for a free tag. */
export function roleNamed(name: string): Role | null {
  const key = tagKey(name);
  return roles.find((role) => role === key) ?? null;
}

/** Whether an asset of this kind may carry the role. */
export function mayCarry(type: AssetType, role: Role): boolean {
  const allowed: readonly Role[] = roleTable[type];
  return allowed.includes(role);
}

/** The longest free tag, in characters (Unicode code points). */
export const maxTagLength = 64;

/** A free tag's name: trimmed, NFC, 1–64 characters, without control characters. */
export const tagNameSchema = nameSchema('a tag', maxTagLength);

/** What makes two free tags of a client the same: case does not count. */
export function tagKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase().normalize('NFC');
}

/** A client's free tag. */
export const tagSchema = z
  .strictObject({
    id: tagIdSchema,
    clientId: clientIdSchema,
    name: z.string(),
    assetCount: z.int().nonnegative().describe('How many assets carry it, those in the trash not counted.'),
  })
  .meta({ id: 'Tag', description: 'A free tag of one client; unique there without regard to case.' });
export type Tag = z.output<typeof tagSchema>;

export const tagListInputSchema = z.object({
  clientId: clientIdSchema,
  q: z.string().trim().max(maxTagLength).optional().describe('Only tags whose name begins with this.'),
  limit: z.int().min(1).max(500).default(200),
});
export type TagListInput = z.input<typeof tagListInputSchema>;

const freeTagNameSchema = tagNameSchema.refine(
  (name) => roleNamed(name) === null,
  'is the name of a role; a free tag needs another',
);

export const tagRenameInputSchema = z.object({ id: tagIdSchema, name: freeTagNameSchema });
export type TagRenameInput = z.input<typeof tagRenameInputSchema>;

export const tagMergeInputSchema = z
  .object({
    id: tagIdSchema.describe('The tag that goes.'),
    into: tagIdSchema.describe('The tag that stays.'),
  })
  .refine(({ id, into }) => id !== into, { path: ['into'], message: 'a tag cannot be merged into itself' });
export type TagMergeInput = z.input<typeof tagMergeInputSchema>;

export const tagMergedSchema = z
  .strictObject({
    tag: tagSchema.describe('The one that stayed.'),
    changed: z.int().nonnegative().describe('How many assets carried the other, those in the trash counted.'),
  })
  .meta({ id: 'TagMerged' });
export type TagMerged = z.output<typeof tagMergedSchema>;

export const tagIdInputSchema = z.object({ id: tagIdSchema });
