import type { Problem } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { hasCode, problemOf, sentenceOf } from './problem.ts';

const problem: Problem = {
  type: 'urn:vitrine:problem:conflict',
  title: 'It was edited meanwhile.',
  status: 409,
  detail: 'Somebody renamed it. Load it again.',
  code: 'conflict',
  requestId: 'r1',
};
const refusal = Object.assign(new Error('refused'), { data: { code: 'CONFLICT', problem } });

test('the sentence of a refusal is what the server says', () => {
  expect(sentenceOf(refusal)).toBe('Somebody renamed it. Load it again.');
});

test('the code of a refusal can be asked for', () => {
  expect(hasCode(refusal, 'conflict')).toBe(true);
  expect(hasCode(refusal, 'not_found')).toBe(false);
});

test.each([new TypeError('Failed to fetch'), 'text', undefined])(
  'what never reached the server is no problem of its own: %s',
  (error) => {
    expect(problemOf(error)).toBeNull();
    expect(sentenceOf(error)).toContain('did not answer');
  },
);
