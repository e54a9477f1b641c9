import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionsIn, positionsOf } from './positions-in.ts';

describe('positions in a gap', () => {
  const position = fc.integer({ min: 0, max: 2 ** 52 });
  const end = fc.option(position, { nil: null });

  it('are whole, ascending, within it and as many as asked for, or there are none at all', () => {
    fc.assert(
      fc.property(end, end, fc.integer({ min: 1, max: 300 }), (one, other, count) => {
        const ordered = one === null || other === null || one < other;
        const gap = ordered ? { lower: one, upper: other } : { lower: other, upper: one };
        const positions = positionsIn(gap, count);
        if (positions === null) return;
        expect(positions).toHaveLength(count);
        const all = [gap.lower ?? -1, ...positions, gap.upper ?? 2 ** 52 + 1];
        expect(all.every((at, index) => Number.isSafeInteger(at) && at > (all[index - 1] ?? -2))).toBe(true);
      }),
    );
  });

  it('fit exactly where there is one for each, and not where one is missing', () => {
    expect(positionsIn({ lower: 4, upper: 8 }, 3)).toEqual([5, 6, 7]);
    expect(positionsIn({ lower: 4, upper: 8 }, 4)).toBeNull();
    expect(positionsIn({ lower: 4, upper: 5 }, 1)).toBeNull();
  });

  it('do not fit behind the last or before the first that a database keeps exactly', () => {
    expect(positionsIn({ lower: 2 ** 52 - 1, upper: null }, 1)).toBeNull();
    expect(positionsIn({ lower: null, upper: 5 }, 1)).toBeNull();
  });

  it('leave room on all sides when a list is numbered anew', () => {
    const [first = 0, second = 0] = positionsOf(2);
    expect(positionsIn({ lower: null, upper: first }, 10_000)).toHaveLength(10_000);
    expect(positionsIn({ lower: first, upper: second }, 10_000)).toHaveLength(10_000);
    expect(positionsIn({ lower: second, upper: null }, 10_000)).toHaveLength(10_000);
  });
});
