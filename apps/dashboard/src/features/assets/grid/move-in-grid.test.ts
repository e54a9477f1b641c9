import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GridPosition, moveInGrid } from './move-in-grid.ts';

// 4 columns: 0–3, 4–7, 8–9.
const grid = { count: 10, columns: 4, rowsPerPage: 2 };
const press = (index: number, key: string, jump = false) => moveInGrid({ ...grid, index }, { key, jump });

test('the arrows move by one tile, and across the ends of rows', () => {
  expect(press(3, 'ArrowRight')).toBe(4);
  expect(press(4, 'ArrowLeft')).toBe(3);
  expect(press(1, 'ArrowDown')).toBe(5);
  expect(press(5, 'ArrowUp')).toBe(1);
});

test('the focus stops at the first and the last tile', () => {
  expect(press(0, 'ArrowLeft')).toBe(0);
  expect(press(9, 'ArrowRight')).toBe(9);
  expect(press(2, 'ArrowUp')).toBe(2);
  expect(press(9, 'ArrowDown')).toBe(9);
});

test('down into a shorter last row lands on its last tile', () => {
  expect(press(7, 'ArrowDown')).toBe(9);
});

test('Home and End keep to the row, with Ctrl they go to the very ends', () => {
  expect(press(6, 'Home')).toBe(4);
  expect(press(4, 'End')).toBe(7);
  expect(press(8, 'End')).toBe(9);
  expect(press(6, 'Home', true)).toBe(0);
  expect(press(0, 'End', true)).toBe(9);
});

test('Page Up and Page Down move by a screen of rows', () => {
  expect(press(1, 'PageDown')).toBe(9);
  expect(press(9, 'PageUp')).toBe(1);
});

test('other keys are left to the browser', () => {
  expect(press(3, 'a')).toBeNull();
  expect(press(3, 'Tab')).toBeNull();
});

test('an empty grid moves nowhere', () => {
  expect(moveInGrid({ ...grid, count: 0, index: 0 }, { key: 'ArrowDown', jump: false })).toBeNull();
});

const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];
const position: fc.Arbitrary<GridPosition> = fc
  .record({
    count: fc.integer({ min: 1, max: 500 }),
    columns: fc.integer({ min: 1, max: 12 }),
    rowsPerPage: fc.integer({ min: 1, max: 9 }),
    at: fc.nat(),
  })
  .map(({ at, ...rest }) => ({ ...rest, index: at % rest.count }));

test('whatever is pressed, the focus stays on a tile', () => {
  fc.assert(
    fc.property(position, fc.constantFrom(...keys), fc.boolean(), (from, key, jump) => {
      const to = moveInGrid(from, { key, jump });
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThan(from.count);
    }),
  );
});

test('up after down returns, unless the last row was shorter', () => {
  fc.assert(
    fc.property(position, (from) => {
      fc.pre(from.index + from.columns < from.count);
      const down = moveInGrid(from, { key: 'ArrowDown', jump: false }) ?? -1;
      expect(moveInGrid({ ...from, index: down }, { key: 'ArrowUp', jump: false })).toBe(from.index);
    }),
  );
});
