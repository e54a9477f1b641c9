import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridLayout } from './grid-layout.ts';

test('a phone shows two columns, a desk more', () => {
  expect(gridLayout(358).columns).toBe(2);
  expect(gridLayout(1136).columns).toBe(4);
});

test('the tiles and gaps fill the width exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 5000 }), (width) => {
      const { columns, tileWidth, gap } = gridLayout(width);
      expect(columns * tileWidth + (columns - 1) * gap).toBeCloseTo(width, 6);
    }),
  );
});

test('before the first measurement there is still a layout', () => {
  expect(gridLayout(0)).toMatchObject({ columns: 2, tileWidth: 0 });
});
