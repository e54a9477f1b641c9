import { describe, expect, it } from 'vitest';
import { fold, uploadFormSchema } from './index.ts';

const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

describe('an upload form', () => {
  it('reads tags as a JSON array in a text field', () => {
    expect(uploadFormSchema.parse({ clientId, tags: '["a","first_frame"]' })).toEqual({
      clientId,
      tags: ['a', 'first_frame'],
      duplicates: 'reuse',
    });
  });

  it('takes an empty field for one that was left out', () => {
    expect(uploadFormSchema.parse({ clientId, campaignId: '', name: '', type: '', tags: '' })).toEqual({
      clientId,
      tags: [],
      duplicates: 'reuse',
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
    ['path', { clientId, path: 'shoot/../../etc' }],
    ['rights', { clientId, rights: '{"from":"2027-01-01","to":"2026-01-01"}' }],
    ['rights', { clientId, rights: 'all of them' }],
    ['derivedFrom', { clientId, derivedFrom: '[{"assetId":"x","version":1,"role":"subject"}]' }],
    ['generation', { clientId, generation: '{}' }],
    ['rowVersion', { clientId, rowVersion: '1.5' }],
    ['duplicates', { clientId, duplicates: 'maybe' }],
  ])('names %s when it is wrong', (field, form) => {
    const parsed = uploadFormSchema.safeParse(form);
    expect(parsed.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  it.each([
    ['shoot/day 1', 'shoot/day 1'],
    ['/shoot//day 1/', 'shoot/day 1'],
    ['.\\shoot\\.\\raw', 'shoot/raw'],
    ['./', ''],
  ])('takes the folder %j as %j', (path, folder) => {
    expect(uploadFormSchema.parse({ clientId, path }).path).toBe(folder);
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
