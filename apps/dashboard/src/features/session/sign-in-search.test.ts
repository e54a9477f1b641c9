import { expect, test } from 'vitest';
import { signInSearchSchema } from './sign-in-search.ts';

test('signing in leads back to a path of this site', () => {
  expect(signInSearchSchema.parse({ redirect: '/clients/1?type=video' })).toEqual({
    redirect: '/clients/1?type=video',
  });
});

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:alert(1)',
  7,
])('never to another site: %s', (redirect) => {
  expect(signInSearchSchema.parse({ redirect }).redirect).toBeUndefined();
});
