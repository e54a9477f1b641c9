import { z } from 'zod';
import { type AssetType, formatSchemaOf } from './format.ts';

/** The facts that are read from an asset's bytes. Pixels as displayed, milliseconds, pages. */
export const factNames = ['width', 'height', 'durationMs', 'pageCount'] as const;
export type FactName = (typeof factNames)[number];

/** Whether a kind has a fact: always, sometimes (null where the bytes do not say), or never. */
export type FactRule = 'required' | 'nullable' | 'absent';

/**
 * Which facts each kind has. Both the zod union and the database's CHECK constraints are made from this table,
 * so neither can accept an asset that the other refuses.
 */
export const factTable = {
  image: { width: 'required', height: 'required', durationMs: 'absent', pageCount: 'absent' },
  video: { width: 'required', height: 'required', durationMs: 'required', pageCount: 'absent' },
  audio: { width: 'absent', height: 'absent', durationMs: 'required', pageCount: 'absent' },
  document: { width: 'absent', height: 'absent', durationMs: 'absent', pageCount: 'nullable' },
} as const satisfies Record<AssetType, Record<FactName, FactRule>>;

type FactTable = typeof factTable;

/** The largest value of a fact: what both SQL dialects and JavaScript hold exactly. */
export const maxFact = Number.MAX_SAFE_INTEGER;
const positive = z.int().positive().max(maxFact);

const factDescriptions: Record<FactName, string> = {
  width: 'Pixels, as displayed (orientation applied).',
  height: 'Pixels, as displayed (orientation applied).',
  durationMs: 'Milliseconds.',
  pageCount: 'Pages; null only where the format has none or the file is encrypted.',
};

type FactShape<T extends AssetType> = {
  -readonly [K in FactName as FactTable[T][K] extends 'absent'
    ? never
    : K]: FactTable[T][K] extends 'required' ? typeof positive : z.ZodNullable<typeof positive>;
};

/** The zod shape of a kind's facts, made from `factTable`. */
export function factShape<T extends AssetType>(type: T): FactShape<T> {
  const entries = factNames.flatMap((name) => {
    const rule: FactRule = factTable[type][name];
    const fact = positive.describe(factDescriptions[name]);
    if (rule === 'absent') return [];
    return [[name, rule === 'required' ? fact : fact.nullable()] as const];
  });
  // Built from the same table as the type, which Object.fromEntries cannot express.
  return Object.fromEntries(entries) as unknown as FactShape<T>;
}

const factsOf = <T extends AssetType>(type: T) =>
  z.strictObject({ type: z.literal(type), format: formatSchemaOf(type), ...factShape(type) });

const imageFactsSchema = factsOf('image');
const videoFactsSchema = factsOf('video');
const audioFactsSchema = factsOf('audio');
const documentFactsSchema = factsOf('document');

/** What the bytes of a file say: its kind, its format and that kind's facts, and nothing else. */
export const assetFactsSchema = z.discriminatedUnion('type', [
  imageFactsSchema,
  videoFactsSchema,
  audioFactsSchema,
  documentFactsSchema,
]);
export type AssetFacts = z.output<typeof assetFactsSchema>;
export type FactsOf<T extends AssetType> = Extract<AssetFacts, { type: T }>;

/** A duration in whole seconds as the API shows it: rounded, at least 1. */
export function wholeSeconds(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / 1000));
}
