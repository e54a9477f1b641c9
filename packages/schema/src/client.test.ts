import { describe, expect, it } from 'vitest';
import { campaignCreateInputSchema, clientCreateInputSchema, clientUpdateInputSchema } from './index.ts';

describe('a client', () => {
  it('has a name of one line, trimmed', () => {
    expect(clientCreateInputSchema.parse({ name: '  Northwind  ' })).toEqual({
      name: 'Northwind',
      description: '',
    });
    expect(clientCreateInputSchema.safeParse({ name: ' ' }).success).toBe(false);
    expect(clientCreateInputSchema.safeParse({ name: 'a\nb' }).success).toBe(false);
  });

  it('has brand colours written #RRGGBB', () => {
    const guidelines = { colors: ['#0F4C81'], fonts: [], styleKeywords: [] };
    expect(clientCreateInputSchema.safeParse({ name: 'x', brandGuidelines: guidelines }).success).toBe(true);
    for (const color of ['0F4C81', '#FFF', 'red', '#GGGGGG']) {
      const wrong = { name: 'x', brandGuidelines: { ...guidelines, colors: [color] } };
      expect(clientCreateInputSchema.safeParse(wrong).error?.issues[0]?.path).toEqual([
        'brandGuidelines',
        'colors',
        0,
      ]);
    }
  });

  it('refuses a guideline document that is no web address', () => {
    const brandGuidelines = {
      colors: [],
      fonts: [],
      styleKeywords: [],
      documentUrls: ['javascript:alert(1)'],
    };
    expect(clientCreateInputSchema.safeParse({ name: 'x', brandGuidelines }).success).toBe(false);
  });

  it('is described in well-formed text that every database can store', () => {
    for (const wrong of ['a\u0000b', 'half a pair: \ud83d']) {
      expect(clientCreateInputSchema.safeParse({ name: 'x', description: wrong }).success).toBe(false);
      expect(clientCreateInputSchema.safeParse({ name: wrong }).success).toBe(false);
    }
    expect(clientCreateInputSchema.safeParse({ name: '😀', description: 'two\nlines 😀' }).success).toBe(
      true,
    );
  });

  it('keeps what an edit leaves out and can lose its guidelines', () => {
    const id = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
    expect(clientUpdateInputSchema.parse({ id, brandGuidelines: null })).toEqual({
      id,
      brandGuidelines: null,
    });
  });
});

describe('a campaign', () => {
  it('begins as a draft', () => {
    const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
    expect(campaignCreateInputSchema.parse({ clientId, name: 'Spring' })).toMatchObject({
      status: 'draft',
      goal: '',
    });
    expect(campaignCreateInputSchema.safeParse({ clientId, name: 'Spring', status: 'done' }).success).toBe(
      false,
    );
  });
});
