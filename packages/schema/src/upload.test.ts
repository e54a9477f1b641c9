import { describe, expect, it } from 'vitest';
import { fold, uploadFormSchema } from './index.ts';

const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

describe('an upload form', () => {
  it('reads tags as a JSON array in a text field', () => {
    expect(uploadFormSchema.parse({ clientId, tags: '["a","first_frame"]' })).toEqual({
      clientId,
      tags: ['a', 'first_frame'],
    });
  });

  it('takes an empty field for one that was left out', () => {
    expect(uploadFormSchema.parse({ clientId, campaignId: '', name: '', type: '', tags: '' })).toEqual({
      clientId,
      tags: [],
    });
  });

  it.each([
    ['clientId', {}],
    ['clientId', { clientId: 'not-a-uuid' }],
    ['campaignId', { clientId, campaignId: '7' }],
    ['type', { clientId, type: 'sculpture' }],
    ['tags', { clientId, tags: 'red, green' }],
    ['tags', { clientId, tags: '{"a":1}' }],
    ['name', { clientId, name: 'x'.repeat(256) }],
  ])('names %s when it is wrong', (field, form) => {
    const parsed = uploadFormSchema.safeParse(form);
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  it('accepts an id in capitals and gives it back in lower case', () => {
    expect(uploadFormSchema.parse({ clientId: clientId.toUpperCase() }).clientId).toBe(clientId);
  });
});

describe('folded text', () => {
  it('knows neither case nor accents nor how many spaces', () => {
    expect(fold('  Crème   BRÛLÉE ')).toBe('creme brulee');
    expect(fold('ﬁlm Ⅳ')).toBe('film iv');
    expect(fold('Straße')).toBe(fold('STRASSE'));
  });
});
