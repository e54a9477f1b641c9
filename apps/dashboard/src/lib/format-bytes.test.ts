import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1500, '1.5 KB'],
  [482_113, '482 KB'],
  [999_600, '1 MB'],
  [8_204_112, '8.2 MB'],
  [5 * 1024 ** 3, '5.4 GB'],
])('%i bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
