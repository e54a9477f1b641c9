import { assetListInputSchema } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { assetPageSearchSchema, assetSearchSchema, isFiltered, tilesInput } from './asset-search.ts';

const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';

test('the address says kind, tag and words', () => {
  expect(assetSearchSchema.parse({ type: 'video', tag: 'harbour', q: ' dawn ' })).toEqual({
    type: 'video',
    tag: 'harbour',
    q: 'dawn',
  });
});

test('a number in the address is the text that somebody searched for', () => {
  expect(assetSearchSchema.parse({ q: 2026 }).q).toBe('2026');
});

test('what the address cannot mean is dropped instead of failing the page', () => {
  expect(assetSearchSchema.parse({ type: 'hologram', tag: ['a'], q: '   ', page: 3 })).toEqual({});
});

test('an asset’s address names the grid it was opened from', () => {
  expect(assetPageSearchSchema.parse({ from: 'client', type: 'audio' })).toEqual({
    from: 'client',
    type: 'audio',
  });
  expect(assetPageSearchSchema.parse({ from: 'moon' })).toEqual({});
});

test('only what is set narrows the grid, and the API accepts it', () => {
  const input = tilesInput({ clientId, campaignId: undefined, search: { type: 'image', tag: 'brand_logo' } });
  expect(input).toEqual({ clientId, type: 'image', tags: ['brand_logo'], limit: 100 });
  expect(assetListInputSchema.safeParse(input).success).toBe(true);
});

test('a grid without filters is not filtered', () => {
  expect(isFiltered({})).toBe(false);
  expect(isFiltered({ q: 'dawn' })).toBe(true);
});
