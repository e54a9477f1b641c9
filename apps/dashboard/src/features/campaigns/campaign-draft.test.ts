import { expect, test } from 'vitest';
import { briefOf, campaignDraft } from './campaign-draft.ts';

test('a brief that nobody wrote is none', () => {
  expect(briefOf({ ...campaignDraft(null), objective: '  ', keyMessages: '\n \n' })).toBeNull();
});

test('each line is a key message, empty lines are not', () => {
  const draft = { ...campaignDraft(null), keyMessages: 'Roasted this week\n\n  Only 900 bags ' };
  expect(briefOf(draft)).toEqual({
    objective: '',
    targetAudience: '',
    keyMessages: ['Roasted this week', 'Only 900 bags'],
  });
});
