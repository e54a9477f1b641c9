import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AssetPosition, assetCursorSchema, assetIdSchema, encodeAssetCursor } from './index.ts';

const base = fc.record({ at: fc.maxSafeInteger(), id: fc.uuid().map((id) => assetIdSchema.parse(id)) });
const key = fc.oneof(
  fc.constant({}),
  fc.constant({ sort: 'oldest' as const }),
  fc.record({ sort: fc.constant('name' as const), key: fc.string({ unit: 'binary', maxLength: 255 }) }),
  fc.record({ sort: fc.constantFrom('size' as const, 'priority' as const), key: fc.maxSafeInteger() }),
);

describe('the cursor of a sorted list', () => {
  it('comes back as the position it was made of, whatever the name', () => {
    fc.assert(
      fc.property(base, key, (at, by) => {
        const position: AssetPosition = { ...at, ...by };
        expect(assetCursorSchema.parse(encodeAssetCursor(position))).toEqual(position);
      }),
    );
  });

  it('that this server did not make is refused with a sentence', () => {
    const made = encodeAssetCursor({
      at: 1,
      id: assetIdSchema.parse('01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03'),
    });
    for (const cursor of [
      '',
      '.',
      `${made}.`,
      `${made}.%`,
      `${made}.{"sort":"name","key":1}`,
      `${made}.{"sort":"size","key":"1"}`,
      `${made}.{"sort":"colour","key":1}`,
    ]) {
      const parsed = assetCursorSchema.safeParse(cursor);
      expect(parsed.error?.issues[0]?.message, cursor).toContain('is not a cursor');
    }
  });
});
