import { z } from 'zod';
import { assetFormats } from './format.ts';
import { assetIdSchema, campaignIdSchema, clientIdSchema } from './id.ts';
import { audioRoles, visualRoles } from './tag.ts';

const defaultAspectTolerance = 0.01;

const constraintShape = {
  aspect: z
    .string()
    .regex(/^[1-9]\d{0,4}:[1-9]\d{0,4}$/, 'must be a ratio such as 16:9')
    .optional()
    .describe('Width to height of images and videos.'),
  aspectTolerance: z
    .number()
    .min(0)
    .max(0.5)
    .describe('By what part of the ratio the shape may differ; default: 0.01.')
    .optional(),
  minWidth: z.int().positive().max(1_000_000).optional().describe('Pixels; of images and videos.'),
  minHeight: z.int().positive().max(1_000_000).optional().describe('Pixels; of images and videos.'),
  maxDuration: z.number().positive().max(1e9).optional().describe('Seconds; of videos and sounds.'),
  formats: z
    .array(z.enum(assetFormats))
    .min(1)
    .max(50)
    .optional()
    .describe('What the generator reads, of every kind that is needed. `jpg` and `jpeg` are the same.'),
  on: z.iso.date().optional().describe('The day of use, in UTC; default: today.'),
  channel: z
    .string()
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .min(1)
    .max(64)
    .optional()
    .describe('Where it will run, such as `social`; left out: not asked.'),
  territory: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code such as DE')
    .optional()
    .describe('ISO 3166-1; left out: not asked.'),
  aiUse: z
    .enum(['allowed', 'not_refused'])
    .describe('`allowed`: the rights must say so. `not_refused` (default): nothing may say otherwise.')
    .optional(),
};

/** What an asset must be and be allowed to be used for. What is left out asks nothing, except where a default is named. */
export const contextConstraintsSchema = z
  .strictObject({
    ...constraintShape,
    aspectTolerance: constraintShape.aspectTolerance.default(defaultAspectTolerance),
    aiUse: constraintShape.aiUse.default('not_refused'),
  })
  .meta({ id: 'ContextConstraints' });
export type ContextConstraints = z.output<typeof contextConstraintsSchema>;

/** How many of a role one question asks for at most. */
const maxSlotSize = 100;
const amount = z.int().min(0).max(maxSlotSize);

/** How many assets a slot takes: exactly so many, or bounds, of which one that is left out bounds nothing. */
const slotSizeSchema = z
  .union([
    amount,
    z
      .strictObject({
        min: amount.optional(),
        max: amount.optional(),
        constraints: z
          .strictObject(constraintShape)
          .optional()
          .describe('Of this slot, in place of the same ones of the question.'),
      })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        path: ['max'],
        message: 'must not be less than `min`',
      }),
  ])
  .meta({ id: 'SlotSize', examples: [1, { max: 3 }, { min: 0, max: 1 }] });
export type SlotSize = z.output<typeof slotSizeSchema>;

/** How many a slot takes at least and at most. */
export function slotBounds(size: SlotSize): { readonly min: number; readonly max: number } {
  return typeof size === 'number'
    ? { min: size, max: size }
    : { min: size.min ?? 0, max: size.max ?? maxSlotSize };
}

/** The constraints of a slot: its own, and otherwise those of the question. */
export function slotConstraints(size: SlotSize, shared: ContextConstraints): ContextConstraints {
  return contextConstraintsSchema.parse({ ...shared, ...(typeof size === 'number' ? {} : size.constraints) });
}

/** What is needed, by role. */
export const contextNeedSchema = z
  .partialRecord(z.enum([...visualRoles, ...audioRoles]), slotSizeSchema)
  .refine((need) => Object.keys(need).length > 0, 'must name at least one role')
  .meta({
    id: 'ContextNeed',
    description:
      'How many assets of each role: exactly so many, or `{ min, max }` (0 and 100 where left out). An asset with several roles may fill several slots.',
    examples: [{ first_frame: 1, brand_logo: 1, subject: { max: 3 }, voice_sample: { min: 0, max: 1 } }],
  });
/** What is needed, as a caller writes it. */
export type ContextNeed = Readonly<z.input<typeof contextNeedSchema>>;

const placeShape = {
  clientId: clientIdSchema,
  campaignId: campaignIdSchema
    .optional()
    .describe("Its assets come before the client's own. Left out: only the client's own, of no campaign."),
};

export const contextResolveInputSchema = z.object({
  ...placeShape,
  need: contextNeedSchema,
  constraints: contextConstraintsSchema.prefault({}),
});
export type ContextResolveInput = z.input<typeof contextResolveInputSchema>;

export const contextListInputSchema = z.object({
  ...placeShape,
  need: contextNeedSchema
    .optional()
    .describe(
      'Only what `context.resolve` would choose, as far as there is enough. Left out: everything that may be used.',
    ),
  constraints: contextConstraintsSchema.prefault({}),
  uploaded: z
    .array(assetIdSchema)
    .max(100)
    .default([])
    .describe('Assets of this client that were just uploaded for this: they come first, in this order.'),
  limit: z.int().min(1).max(500).default(100),
});
export type ContextListInput = z.input<typeof contextListInputSchema>;
