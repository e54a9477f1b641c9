import { type AssetId, assetIdSchema } from '@vitrine/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptySelection, type Selection, type SelectionAction, select } from './selection.ts';

const idOf = (index: number): AssetId =>
  assetIdSchema.parse(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
const order = Array.from({ length: 12 }, (_, index) => idOf(index));
const anyId = fc.constantFrom(...order);
const anyAction: fc.Arbitrary<SelectionAction> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('toggle' as const), id: anyId }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('extend' as const), to: anyId, order: fc.constant(order) }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'all' as const, order }) },
  { weight: 1, arbitrary: fc.constant({ type: 'none' as const }) },
);
const after = (actions: readonly SelectionAction[]): Selection => actions.reduce(select, emptySelection);
const anySelection = fc.array(anyAction, { maxLength: 12 }).map(after);
const sorted = ({ chosen }: Selection) => [...chosen].sort();

describe('choosing from a grid', () => {
  test('toggling twice is as if nothing was done', () => {
    fc.assert(
      fc.property(anySelection, anyId, (selection, id) => {
        const twice = select(select(selection, { type: 'toggle', id }), { type: 'toggle', id });
        expect(sorted(twice)).toEqual(sorted(selection));
      }),
    );
  });

  test('a toggle changes one and no other', () => {
    fc.assert(
      fc.property(anySelection, anyId, (selection, id) => {
        const toggled = select(selection, { type: 'toggle', id });
        for (const each of order) {
          expect(toggled.chosen.has(each)).toBe(selection.chosen.has(each) !== (each === id));
        }
      }),
    );
  });

  test('a range is everything between the one that was toggled last and the one it goes to, and the rest stays as it was', () => {
    fc.assert(
      fc.property(anySelection, anyId, anyId, (selection, id, to) => {
        const toggled = select(selection, { type: 'toggle', id });
        const { chosen } = select(toggled, { type: 'extend', to, order });
        const [from, last] = [order.indexOf(id), order.indexOf(to)].sort((a, b) => a - b);
        for (const [at, each] of order.entries()) {
          const isWithin = at >= (from ?? 0) && at <= (last ?? 0);
          expect(chosen.has(each)).toBe(isWithin || toggled.chosen.has(each));
        }
      }),
    );
  });

  test('however a range came about, only where it ends counts', () => {
    fc.assert(
      fc.property(anySelection, anyId, fc.array(anyId), anyId, (selection, id, detours, to) => {
        const toggled = select(selection, { type: 'toggle', id });
        const extend = (from: Selection, end: AssetId) => select(from, { type: 'extend', to: end, order });
        expect(sorted(extend(detours.reduce(extend, toggled), to))).toEqual(sorted(extend(toggled, to)));
      }),
    );
  });

  test('a range that starts nowhere, or at something that is not shown any more, chooses the one it goes to', () => {
    fc.assert(
      fc.property(anySelection, fc.integer({ min: 1, max: 11 }), (selection, from) => {
        const shown = order.slice(from).filter((id) => id !== selection.anchor);
        fc.pre(shown[0] !== undefined);
        const [to] = shown;
        if (to === undefined) return;
        const { chosen } = select(selection, { type: 'extend', to, order: shown });
        expect([...chosen].sort()).toEqual([...new Set([...selection.chosen, to])].sort());
      }),
    );
  });

  test('everything is what is shown, and nothing is nothing', () => {
    fc.assert(
      fc.property(anySelection, fc.subarray(order), (selection, shown) => {
        expect(sorted(select(selection, { type: 'all', order: shown }))).toEqual([...shown].sort());
        expect(select(selection, { type: 'none' })).toEqual(emptySelection);
      }),
    );
  });

  test('what was given is not changed', () => {
    fc.assert(
      fc.property(anySelection, anyAction, (selection, action) => {
        const before = sorted(selection);
        select(selection, action);
        expect(sorted(selection)).toEqual(before);
      }),
    );
  });
});
