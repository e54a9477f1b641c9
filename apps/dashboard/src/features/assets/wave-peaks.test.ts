import { expect, test } from 'vitest';
import { wavePeaks } from './wave-peaks.ts';

test('the drawing of an asset is the same each time, and another for another asset', () => {
  expect(wavePeaks('a', 28)).toEqual(wavePeaks('a', 28));
  expect(wavePeaks('a', 28)).not.toEqual(wavePeaks('b', 28));
});

test('every bar can be seen and none leaves the drawing', () => {
  const heights = wavePeaks('01980c5e', 200).map(({ height }) => height);
  expect(Math.min(...heights)).toBeGreaterThan(0.05);
  expect(Math.max(...heights)).toBeLessThanOrEqual(1);
});
