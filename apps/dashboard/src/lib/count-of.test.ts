import { expect, test } from 'vitest';
import { countOf } from './count-of.ts';

test('one is singular, everything else is plural and grouped', () => {
  expect([0, 1, 2, 20_480].map((count) => countOf(count, 'asset'))).toEqual([
    '0 assets',
    '1 asset',
    '2 assets',
    '20,480 assets',
  ]);
});

test('an irregular plural is given', () => {
  expect(countOf(2, 'entry', 'entries')).toBe('2 entries');
});
