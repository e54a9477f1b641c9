import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  assetFactsSchema,
  assetSchema,
  assetTypes,
  audioAssetSchema,
  campaignSchema,
  clientSchema,
  documentAssetSchema,
  factNames,
  factRule,
  formatsOf,
  imageAssetSchema,
  problemSchema,
  videoAssetSchema,
  wholeSeconds,
} from './index.ts';

const examplesOf = (schema: z.ZodType): unknown[] =>
  z.array(z.unknown()).parse(z.globalRegistry.get(schema)?.['examples']);

describe('the examples in the documentation', () => {
  const documented = {
    imageAssetSchema,
    videoAssetSchema,
    audioAssetSchema,
    documentAssetSchema,
    clientSchema,
    campaignSchema,
    problemSchema,
  };
  it.each(Object.entries(documented))('%s has one that it accepts itself', (_name, schema) => {
    const examples = examplesOf(schema);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
  });
});

describe('the asset union', () => {
  const variants = [imageAssetSchema, videoAssetSchema, audioAssetSchema, documentAssetSchema];

  it('accepts each variant and only under its own type', () => {
    for (const example of variants.flatMap(examplesOf)) {
      const asset = assetSchema.parse(example);
      for (const type of assetTypes) {
        expect(assetSchema.safeParse({ ...asset, type }).success).toBe(type === asset.type);
      }
    }
  });

  it('refuses a role of another kind', () => {
    const [audio] = examplesOf(audioAssetSchema);
    expect(assetSchema.safeParse({ ...Object(audio), roles: ['first_frame'] }).success).toBe(false);
    const [document] = examplesOf(documentAssetSchema);
    expect(assetSchema.safeParse({ ...Object(document), roles: ['subject'] }).success).toBe(false);
  });
});

describe('facts', () => {
  const anyFact = fc.option(
    fc.oneof(fc.integer({ min: -2, max: 5 }), fc.constant(0.5), fc.constant(2 ** 53)),
    {
      nil: null,
    },
  );

  it('are accepted if and only if the rule of their kind says so', () => {
    const facts = fc.record({
      type: fc.constantFrom(...assetTypes),
      formatOwner: fc.constantFrom(...assetTypes),
      width: anyFact,
      height: anyFact,
      durationMs: anyFact,
      pageCount: anyFact,
    });
    fc.assert(
      fc.property(facts, ({ type, formatOwner, ...values }) => {
        const [format] = formatsOf(formatOwner);
        const present = factNames.filter((name) => factRule(type, name) !== 'absent');
        const candidate = {
          type,
          format,
          ...Object.fromEntries(present.map((name) => [name, values[name]])),
        };
        const expected =
          formatOwner === type &&
          present.every((name) => {
            const value = values[name];
            if (value === null) return factRule(type, name) === 'nullable';
            return Number.isSafeInteger(value) && value > 0;
          });
        expect(assetFactsSchema.safeParse(candidate).success).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('of another kind are refused even when they are null', () => {
    expect(
      assetFactsSchema.safeParse({ type: 'audio', format: 'mp3', durationMs: 1, width: null }).success,
    ).toBe(false);
  });

  it('show a duration in whole seconds, rounded, at least 1', () => {
    expect([1, 499, 1499, 1500, 59_999].map(wholeSeconds)).toEqual([1, 1, 1, 2, 60]);
  });
});
