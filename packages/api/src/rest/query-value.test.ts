import { assetListInputSchema, contextListInputSchema } from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { queryValue } from './query-value.ts';

describe('a query value', () => {
  it('is read by the field’s own schema', () => {
    const { limit, tags, q } = assetListInputSchema.shape;
    expect(queryValue(limit, ['20'])).toBe(20);
    expect(queryValue(q, ['20'])).toBe('20');
    expect(queryValue(tags, ['red,green', 'blue'])).toEqual(['red', 'green', 'blue']);
    expect(queryValue(z.boolean().default(false), ['true'])).toBe(true);
  });

  it('stays text when it is not what the field wants, so that the schema refuses it', () => {
    const { limit } = assetListInputSchema.shape;
    for (const text of ['many', '', ' ', '1e999', 'NaN']) {
      expect(limit.safeParse(queryValue(limit, [text])).success, text).toBe(false);
    }
    expect(queryValue(z.boolean(), ['yes'])).toBe('yes');
  });

  it('reads a list also as a JSON array, and a name that begins with a bracket as a name', () => {
    const { tags } = assetListInputSchema.shape;
    expect(queryValue(tags, ['["a,b","c"]'])).toEqual(['a,b', 'c']);
    expect(queryValue(tags, ['[draft'])).toEqual(['[draft']);
    expect(queryValue(tags, [''])).toEqual([]);
  });

  it('reads an object as JSON, one whose schema has a name too', () => {
    const { need } = contextListInputSchema.shape;
    expect(queryValue(need, ['{"brand_logo":1}'])).toEqual({ brand_logo: 1 });
    expect(queryValue(z.object({ a: z.number() }), ['{"a":1}'])).toEqual({ a: 1 });
    expect(need.safeParse(queryValue(need, ['brand_logo'])).success).toBe(false);
  });

  it('takes the last of several where one is wanted', () => {
    expect(queryValue(assetListInputSchema.shape.limit, ['1', '2'])).toBe(2);
  });
});
