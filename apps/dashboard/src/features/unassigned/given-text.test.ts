import { expect, test } from 'vitest';
import { givenText } from './given-text.ts';

const answer = { changed: 0, unchanged: 0, skipped: 0, reasons: [] };

test('what was given is counted', () => {
  expect(givenText({ ...answer, changed: 1 }, 'Northwind')).toBe('1 asset given to Northwind.');
  expect(givenText({ ...answer, changed: 1200 }, 'Northwind')).toBe('1,200 assets given to Northwind.');
});

test('what was passed over is counted with the reasons', () => {
  const reasons = [
    { reason: 'not_found' as const, count: 2 },
    { reason: 'edited_meanwhile' as const, count: 1 },
  ];
  expect(givenText({ ...answer, changed: 5, skipped: 3, reasons }, 'Northwind')).toBe(
    '5 assets given to Northwind. 3 assets left as they were: 2 not there any more, 1 edited meanwhile.',
  );
});
