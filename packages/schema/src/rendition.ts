import { z } from 'zod';
import type { AssetFacts } from './facts.ts';
import type { AssetType } from './format.ts';
import { assetIdSchema } from './id.ts';

/** How many pages of a PDF get a picture of their own. */
export const maxPagePreviews = 20;

type PagePreset = `page-${number}`;
const pagePresets: readonly PagePreset[] = Array.from(
  { length: maxPagePreviews },
  (_, index): PagePreset => `page-${index + 1}`,
);

/**
 * What is made from each kind, by its name; other sizes are not made. Everything has a `thumb` (at most 320 px on its longer
 * side), which is the asset's `preview`; the other pictures are at most 1280 px.
 */
export const presetTable = {
  image: ['thumb', 'preview'],
  video: ['thumb', 'poster', 'sprite'],
  audio: ['thumb', 'waveform'],
  document: ['thumb', 'cover', ...pagePresets],
} as const satisfies Record<AssetType, readonly string[]>;

/** A preset of a kind: `PresetOf<'video'>` is `'thumb' | 'poster' | 'sprite'`. */
export type PresetOf<T extends AssetType> = (typeof presetTable)[T][number];
export type Preset = PresetOf<AssetType>;

const allPresets: readonly Preset[] = [...new Set(Object.values(presetTable).flat())];
export const presetSchema = z.enum(allPresets as [Preset, ...Preset[]]).meta({
  id: 'Preset',
  description: 'What is made from an asset; which ones there are depends on its kind.',
});
export const presets: readonly Preset[] = allPresets;

/** The order of making: what a person sees first, then the rest. */
export const renditionStages = ['first', 'rest'] as const;
export const renditionStageSchema = z.enum(renditionStages);
export type RenditionStage = z.output<typeof renditionStageSchema>;

/** The presets that a file of these facts has, by the stage that makes them. */
export function presetsOf(facts: Pick<AssetFacts, 'type' | 'format'> & { pageCount?: number | null }): {
  readonly first: readonly Preset[];
  readonly rest: readonly Preset[];
} {
  switch (facts.type) {
    case 'image':
      return { first: ['thumb'], rest: ['preview'] };
    case 'video':
      return { first: ['poster', 'thumb'], rest: ['sprite'] };
    case 'audio':
      return { first: ['waveform', 'thumb'], rest: [] };
    case 'document':
      return {
        first: ['cover', 'thumb'],
        rest: facts.format === 'pdf' ? pagePresets.slice(0, facts.pageCount ?? 0) : [],
      };
    default:
      return facts.type satisfies never;
  }
}

/** Something made from a version (a thumbnail, a poster): its state is part of the type, an empty URL never is. */
export const renditionSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('pending') }),
    z.strictObject({
      state: z.literal('ready'),
      url: z.url(),
      width: z.int().positive(),
      height: z.int().positive(),
      thumbhash: z.string().min(1).describe('Base64; a blurred stand-in of about 25 bytes.'),
    }),
    z.strictObject({ state: z.literal('failed'), reason: z.string().min(1) }),
  ])
  .meta({ id: 'Rendition', examples: [{ state: 'pending' }] });
export type Rendition = z.output<typeof renditionSchema>;

const madeRenditionSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('pending') }),
  z.strictObject({
    state: z.literal('ready'),
    url: z.url(),
    mimeType: z.string(),
    size: z.int().positive().describe('Bytes.'),
    width: z.int().positive().nullable().describe('Pixels; null for peaks.'),
    height: z.int().positive().nullable(),
  }),
  z.strictObject({ state: z.literal('failed'), reason: z.string().min(1) }),
]);

/** How far each preset of an asset's current version is. */
export const assetRenditionsSchema = z
  .strictObject({
    id: assetIdSchema,
    version: z.int().positive(),
    posterMs: z
      .int()
      .nonnegative()
      .nullable()
      .describe('Where a video’s poster is taken; null: at the first frame that shows something.'),
    items: z.array(z.strictObject({ preset: presetSchema, rendition: madeRenditionSchema })),
  })
  .meta({ id: 'AssetRenditions' });
export type AssetRenditions = z.output<typeof assetRenditionsSchema>;

export const assetSetPosterInputSchema = z.object({
  id: assetIdSchema,
  timeMs: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Milliseconds from the start; null: at the first frame that shows something.'),
});
