import { AppError } from '@vitrine/core';
import { expect, test } from 'vitest';
import { createRateLimit } from '../src/http/rate-limit.ts';

test('a principal may ask so often in a minute, whatever others do, and again in the next', () => {
  let now = 0;
  const limit = createRateLimit(2, { now: () => now });
  limit('one');
  now = 20_000;
  limit('one');
  limit('other');
  expect(() => limit('one')).toThrow(AppError);
  expect(() => limit('one')).toThrow('Wait 40 s');
  limit('other');
  now = 60_000;
  limit('one');
});

test('nought is no limit', () => {
  const limit = createRateLimit(0, { now: () => 0 });
  for (let turn = 0; turn < 100; turn += 1) limit('one');
});
