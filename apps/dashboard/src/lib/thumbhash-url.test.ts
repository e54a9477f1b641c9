import { expect, test } from 'vitest';
import { thumbhashUrl } from './thumbhash-url.ts';

test('a thumbhash becomes a picture that needs no request', () => {
  expect(thumbhashUrl('3OcRJYB4d3h/iIeHeEh3eIhw+j2w')).toMatch(/^data:image\/png;base64,/);
});

test('a text that is no thumbhash is nothing to look at, and breaks nothing', () => {
  expect(thumbhashUrl('not base64!')).toBeNull();
  expect(thumbhashUrl('')).toBeNull();
});
