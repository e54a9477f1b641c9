import { expect, test } from 'vitest';
import { isRush } from './scroll-speed.ts';

test('a wheel that is turned calmly is no rush', () => {
  expect(isRush({ at: 0, y: 0 }, { at: 16, y: 40 })).toBe(false);
});

test('a flung page is a rush, in both directions', () => {
  expect(isRush({ at: 0, y: 0 }, { at: 16, y: 400 })).toBe(true);
  expect(isRush({ at: 0, y: 5000 }, { at: 16, y: 4600 })).toBe(true);
});

test('one jump after a rest is no rush: what it lands on loads at once', () => {
  expect(isRush({ at: 0, y: 0 }, { at: 2000, y: 90_000 })).toBe(false);
});
