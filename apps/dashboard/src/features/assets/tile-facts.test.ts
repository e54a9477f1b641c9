import { type AssetTile, assetTileSchema } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { tileCaption, tileDetails, tileFact, tileFit } from './tile-facts.ts';

function tile(facts: Partial<AssetTile>): AssetTile {
  return {
    ...assetTileSchema.parse({
      id: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03',
      type: 'image',
      format: 'jpg',
      name: 'harbour.jpg',
      clientId: '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01',
      campaignId: null,
      size: 482_113,
      uploadedAt: '2026-01-31T09:30:00.000Z',
      width: null,
      height: null,
      durationMs: null,
      pageCount: null,
      url: 'http://localhost:4400/api/v2/assets/01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03',
      preview: { state: 'pending' },
    }),
    ...facts,
  };
}

test('each kind is told apart by its own fact', () => {
  expect(tileFact(tile({ width: 3000, height: 2000 }))).toBe('3000 × 2000');
  expect(tileFact(tile({ type: 'video', width: 1920, height: 1080, durationMs: 12_040 }))).toBe('0:12');
  expect(tileFact(tile({ type: 'audio', durationMs: 61_000 }))).toBe('1:01');
  expect(tileFact(tile({ type: 'document', pageCount: 24 }))).toBe('24 pages');
  expect(tileFact(tile({ type: 'document' }))).toBeNull();
});

test('a tile says its kind, fact, format and size', () => {
  expect(tileDetails(tile({ width: 3000, height: 2000 }))).toBe('image, 3000 × 2000');
  expect(tileCaption(tile({}))).toBe('JPG · 482 KB');
  const preview = { state: 'failed', reason: 'The picture ends too early.' } as const;
  expect(tileDetails(tile({ preview }))).toBe('image, no preview: The picture ends too early.');
});

test('pictures fill their tile, unless too much would be cut away', () => {
  expect(tileFit(tile({ width: 3000, height: 2000 }))).toBe('cover');
  expect(tileFit(tile({ width: 2400, height: 600 }))).toBe('contain');
  expect(tileFit(tile({ width: 300, height: 2000 }))).toBe('contain');
  expect(tileFit(tile({ format: 'svg', width: 100, height: 100 }))).toBe('contain');
  expect(tileFit(tile({ type: 'document' }))).toBe('page');
});
