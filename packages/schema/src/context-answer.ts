import { z } from 'zod';
import { type ContextNeed, type SlotSize, slotBounds } from './context-input.ts';
import { type AudioRef, audioRefSchema, type VisualRef, visualRefSchema } from './context-ref.ts';
import { assetTypeSchema } from './format.ts';
import { assetIdSchema } from './id.ts';
import {
  type AudioRole,
  audioRoleSchema,
  audioRoles,
  type Role,
  type VisualRole,
  visualRoles,
} from './tag.ts';

/** Why an asset does not fit a slot. */
export const unfitReasons = [
  'too_small',
  'wrong_aspect',
  'too_long',
  'wrong_format',
  'rights_not_yet',
  'rights_expired',
  'not_allowed_here',
  'ai_use_refused',
  'ai_use_unknown',
] as const;
export const unfitReasonSchema = z.enum(unfitReasons).meta({ id: 'UnfitReason' });
export type UnfitReason = z.output<typeof unfitReasonSchema>;

/**
 * Why a slot could not be filled: nobody carries the role, all who carry it fit but are too few, or else the first reason of the
 * first who does not fit.
 */
export const missingReasons = ['none_tagged', 'too_few', ...unfitReasons] as const;
export const missingReasonSchema = z.enum(missingReasons).meta({ id: 'MissingReason' });
export type MissingReason = z.output<typeof missingReasonSchema>;

/** How many candidates of a slot are named. */
export const maxMissingCandidates = 20;

const roleSchema = z.enum([...visualRoles, ...audioRoles]);

/** An asset that carries the role and does not fit. */
const contextCandidateSchema = z.strictObject({
  id: assetIdSchema,
  version: z.int().positive(),
  name: z.string(),
  type: assetTypeSchema,
  source: z.enum(['campaign', 'client']),
  reasons: z.array(unfitReasonSchema).min(1).describe('All of them.'),
  detail: z.string().describe('What is wrong with it, for people.'),
});

/** A slot that could not be filled, and what to do about it. */
export const missingSlotSchema = z
  .strictObject({
    slot: roleSchema,
    reason: missingReasonSchema,
    needed: z.int().positive().describe('At least so many.'),
    fitting: z.int().nonnegative().describe('So many fit.'),
    tagged: z.int().nonnegative().describe('So many carry the role.'),
    candidates: z
      .array(contextCandidateSchema)
      .max(maxMissingCandidates)
      .describe('Who carries the role and does not fit; the first twenty, in the order of choice.'),
  })
  .meta({ id: 'MissingSlot' });
export type MissingSlot = z.output<typeof missingSlotSchema>;

const slotsShape = {
  first_frame: z.array(visualRefSchema).optional(),
  subject: z.array(visualRefSchema).optional(),
  brand_logo: z.array(visualRefSchema).optional(),
  product_shot: z.array(visualRefSchema).optional(),
  background: z.array(visualRefSchema).optional(),
  transition: z.array(visualRefSchema).optional(),
  closing_frame: z.array(visualRefSchema).optional(),
  use_full_audio: z.array(audioRefSchema).optional(),
  voice_sample: z.array(audioRefSchema).optional(),
} satisfies Record<Role, z.ZodType>;

const contextSlotsSchema = z
  .strictObject(slotsShape)
  .meta({ id: 'ContextSlots', description: 'The slots that were asked for, each in the order of choice.' });

const filled = <Slots extends z.ZodType>(slots: Slots) =>
  z.strictObject({
    ok: z.literal(true),
    slots,
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('The same for the same question and the same choice of versions.'),
  });
const unfilled = z.strictObject({ ok: z.literal(false), missing: z.array(missingSlotSchema).min(1) });

/** The answer to any need. `ContextAnswerFor` is the type of the answer to a given one. */
export const contextAnswerSchema = z
  .discriminatedUnion('ok', [filled(contextSlotsSchema), unfilled])
  .meta({ id: 'ContextAnswer' });
export type ContextAnswer = z.output<typeof contextAnswerSchema>;
export type ContextSlots = z.output<typeof contextSlotsSchema>;

/** What a slot of a role holds: `SlotRef<'voice_sample'>` is `AudioRef`. */
export type SlotRef<R extends Role> =
  | (R extends VisualRole ? VisualRef : never)
  | (R extends AudioRole ? AudioRef : never);

/** Tuples are written out up to this length; what is longer is an array. */
type LongestTuple = 16;
type Exactly<T, N extends number, Made extends T[] = []> = number extends N
  ? T[]
  : Made['length'] extends N
    ? Made
    : Made['length'] extends LongestTuple
      ? T[]
      : Exactly<T, N, [...Made, T]>;

/** A need of exactly `N` gives a tuple, one of at least `N` an array that is known to be so long. */
type Filled<T, Size> = Size extends number
  ? Exactly<T, Size>
  : Size extends { readonly min: infer Min extends number }
    ? Size extends { readonly max: Min }
      ? Exactly<T, Min>
      : [...Exactly<T, Min>, ...T[]]
    : T[];

/** The slots that answer a need. */
export type ContextSlotsFor<Need extends ContextNeed> = {
  -readonly [R in keyof Need as R & Role]: Filled<SlotRef<R & Role>, Exclude<Need[R], undefined>>;
};

/** The answer to a need: `ContextAnswerFor<{ brand_logo: 1 }>` has `slots: { brand_logo: [ImageRef | VideoRef] }` when it is ok. */
export type ContextAnswerFor<Need extends ContextNeed> =
  | { ok: true; slots: ContextSlotsFor<Need>; hash: string }
  | { ok: false; missing: MissingSlot[] };

const isAudioRole = (role: string): role is AudioRole => audioRoleSchema.safeParse(role).success;

/** The slot of one role and size. */
function slotSchema(role: string, size: SlotSize): z.ZodType {
  const { min, max } = slotBounds(size);
  return z
    .array(isAudioRole(role) ? audioRefSchema : visualRefSchema)
    .min(min)
    .max(max);
}

/** Whether this is an answer to that need: the slots that it asks for, no others, each with what its role and size promise. */
export function isContextAnswerFor<const Need extends ContextNeed>(
  answer: unknown,
  need: Need,
): answer is ContextAnswerFor<Need> {
  const shape: Record<string, z.ZodType> = {};
  for (const [role, size] of Object.entries(need)) {
    if (size !== undefined) shape[role] = slotSchema(role, size);
  }
  return z.discriminatedUnion('ok', [filled(z.strictObject(shape)), unfilled]).safeParse(answer).success;
}
