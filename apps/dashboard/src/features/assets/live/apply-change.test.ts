import { type AssetTile, assetTileSchema, changeSchema } from '@vitrine/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, changesLists } from './apply-change.ts';

const uuid = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function tile(index: number, name = `asset ${index}`): AssetTile {
  return assetTileSchema.parse({
    id: uuid(index),
    type: 'image',
    format: 'jpg',
    name,
    clientId: uuid(900),
    campaignId: null,
    size: 1,
    uploadedAt: '2026-01-31T09:30:00.000Z',
    width: 3,
    height: 2,
    durationMs: null,
    pageCount: null,
    url: 'http://localhost/a',
    preview: { state: 'pending' },
  });
}

const changeOf = (index: number, kind: 'asset.updated' | 'asset.trashed') =>
  changeSchema.parse({
    kind,
    at: '2026-01-31T09:30:00.000Z',
    clientId: uuid(900),
    campaignId: null,
    assetId: uuid(index),
  });

test('a tile is replaced where it stands, taken out when it is gone, and everything else stays as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 4 }), fc.nat(20), fc.boolean(), (sizes, changed, isGone) => {
      let next = 0;
      const pages = sizes.map((size) => ({ items: Array.from({ length: size }, () => tile(next++)) }));
      const before = pages.flatMap(({ items }) => items);
      const data = { pages, pageParams: [] };
      const change = changeOf(changed, isGone ? 'asset.trashed' : 'asset.updated');
      const after = applyChange(data, change, isGone ? null : tile(changed, 'renamed'));
      if (changed >= before.length) {
        expect(after).toBe(data);
        return;
      }
      const names = before.map(({ name }, index) => (index === changed ? 'renamed' : name));
      expect(after.pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(
        isGone ? names.filter((name) => name !== 'renamed') : names,
      );
    }),
  );
});

test('lists are asked for again after what may change them, not for every thumb', () => {
  expect(changesLists(changeOf(1, 'asset.updated'))).toBe(true);
  const ready = { ...changeOf(1, 'asset.updated'), kind: 'rendition.ready', version: 1, preset: 'thumb' };
  expect(changesLists(changeSchema.parse(ready))).toBe(false);
});
