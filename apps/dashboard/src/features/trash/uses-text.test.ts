import { type AssetUses, assetUsesSchema } from '@vitrine/schema';
import { expect, test } from 'vitest';
import { usesText } from './uses-text.ts';

const id = '00000000-0000-7000-8000-000000000001';
const uses = (some: Partial<Record<keyof AssetUses, readonly string[]>>): AssetUses => {
  const things = (names: readonly string[] = []) => names.map((name) => ({ id, name }));
  return assetUsesSchema.parse({
    collections: things(some.collections),
    shares: things(some.shares),
    madeInto: things(some.madeInto),
  });
};

test('an asset that is used nowhere has nothing said of it', () => {
  expect(usesText(uses({}))).toBeNull();
});

test('one use is named, several are counted', () => {
  expect(usesText(uses({ madeInto: ['Film'] }))).toBe('Asset “Film” is made of it.');
  expect(usesText(uses({ madeInto: ['A', 'B'], collections: ['Best'] }))).toBe(
    '2 assets are made of it; collection “Best” has it.',
  );
  expect(usesText(uses({ shares: ['For Ada', 'For Ben'] }))).toBe('2 share links show it.');
});
