import { expect, test } from 'vitest';
import { formatDuration } from './format-duration.ts';

test.each([
  [40, '0:01'],
  [12_040, '0:12'],
  [59_600, '1:00'],
  [754_000, '12:34'],
  [3_725_000, '1:02:05'],
])('%i milliseconds read as %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
