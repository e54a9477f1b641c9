import { expect, test } from 'vitest';
import { localMinute, momentOf } from './local-minute.ts';

test('a minute that is shown means the moment that it was made of', () => {
  const moment = new Date(2026, 2, 9, 8, 5);
  expect(localMinute(moment)).toBe('2026-03-09T08:05');
  expect(momentOf(localMinute(moment))).toBe(moment.toISOString());
});

test('a field that is not filled in means no moment', () => {
  expect(momentOf('')).toBeNull();
  expect(momentOf('2026-03')).not.toBeNull();
  expect(momentOf('soon')).toBeNull();
});
