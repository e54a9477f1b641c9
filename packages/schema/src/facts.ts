import { z } from 'zod';
import { type AssetType, formatSchemaOf } from './format.ts';

/** The facts that are read from an asset's bytes. */
export const factNames = ['width', 'height', 'durationMs', 'pageCount'] as const;
export type FactName = (typeof factNames)[number];

/** The largest value of a fact: what both SQL dialects and JavaScript hold exactly. */
export const maxFact = Number.MAX_SAFE_INTEGER;
const positive = z.int().positive().max(maxFact);
const width = positive.describe('Pixels, as displayed (orientation applied).');
const height = positive.describe('Pixels, as displayed (orientation applied).');
const durationMs = positive.describe('Milliseconds.');
const pageCount = positive.describe('Pages; null only where the format has none or the file is encrypted.');

/**
 * Which facts each kind has. The zod union is built from these shapes, and the database's CHECK constraints are derived
 * from them by `factRule`, so neither accepts an asset that the other refuses.
 */
export const factShapes = {
  image: { width, height },
  video: { width, height, durationMs },
  audio: { durationMs },
  document: { pageCount: pageCount.nullable() },
} as const satisfies Record<AssetType, Partial<Record<FactName, z.ZodType<number | null>>>>;

/** Whether a kind has a fact: always, sometimes (null where the bytes do not say), or never. */
export type FactRule = 'required' | 'nullable' | 'absent';

/** How the database has to treat a fact of a kind. */
export function factRule(type: AssetType, name: FactName): FactRule {
  const shape: Partial<Record<FactName, z.ZodType<number | null>>> = factShapes[type];
  const fact = shape[name];
  if (!fact) return 'absent';
  return fact.safeParse(null).success ? 'nullable' : 'required';
}

/** What the bytes of a file say: its kind, its format and that kind's facts, and nothing else. */
export const assetFactsSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('image'), format: formatSchemaOf('image'), ...factShapes.image }),
  z.strictObject({ type: z.literal('video'), format: formatSchemaOf('video'), ...factShapes.video }),
  z.strictObject({ type: z.literal('audio'), format: formatSchemaOf('audio'), ...factShapes.audio }),
  z.strictObject({ type: z.literal('document'), format: formatSchemaOf('document'), ...factShapes.document }),
]);
export type AssetFacts = z.output<typeof assetFactsSchema>;
export type FactsOf<T extends AssetType> = Extract<AssetFacts, { type: T }>;

/** A duration in whole seconds as the API shows it: rounded, at least 1. */
export function wholeSeconds(durationInMs: number): number {
  return Math.max(1, Math.round(durationInMs / 1000));
}
