import { expect, test } from 'vitest';
import { brandGradient } from './brand-gradient.ts';

test('each colour has the same share, without a blend', () => {
  expect(brandGradient(['#000000', '#FFFFFF'], 90)).toBe(
    'linear-gradient(90deg, #000000 0% 50%, #FFFFFF 50% 100%)',
  );
});
