import { expect, test } from 'vitest';
import { freeTagsOf } from './free-tags.ts';

test('roles are no free tags, whatever their case', () => {
  expect(freeTagsOf(['brand_logo', 'harbour', 'Use_Full_Audio', 'dawn'])).toEqual(['harbour', 'dawn']);
});
