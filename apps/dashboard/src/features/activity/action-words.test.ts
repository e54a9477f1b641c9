import { expect, it } from 'vitest';
import { actionWords, changedFields } from './action-words.ts';

it('an action is said in words, and one without words by its name', () => {
  expect(actionWords('asset.trash')).toBe('moved it to the trash');
  expect(actionWords('moon.paint')).toBe('moon.paint');
});

it('an edit says what it changed, and not what changes with every edit', () => {
  const before = { name: 'a.png', tags: [], rowVersion: 1, campaignId: null, brief: { a: 1 } };
  const after = {
    name: 'b.png',
    tags: ['autumn', 'final'],
    rowVersion: 2,
    campaignId: null,
    brief: { a: 2 },
  };
  expect(changedFields(before, after)).toEqual([
    'name: a.png → b.png',
    'tags: nothing → autumn, final',
    'brief: … → …',
  ]);
  expect(changedFields(null, after)).toEqual([]);
});
