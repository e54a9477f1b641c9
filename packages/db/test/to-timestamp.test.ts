import { toTimestamp as exact } from '@vitrine/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toTimestamp } from '../src/rows/to-timestamp.ts';

it('writes every moment as Date does, before 1970 and far ahead too', () => {
  const moments = fc.oneof(
    fc.integer({ min: -62_000_000_000_000, max: 8_640_000_000_000_000 }),
    fc.integer({ min: 1_769_817_599_000, max: 1_769_817_601_000 }),
  );
  fc.assert(
    fc.property(moments, (moment) => {
      expect(toTimestamp(moment)).toBe(exact(moment));
    }),
    { numRuns: 2000 },
  );
});
