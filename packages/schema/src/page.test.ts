import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetIdSchema, cursorSchema, encodeCursor } from './index.ts';

describe('a cursor', () => {
  it('comes back as the position it was made of', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.uuid(), (at, id) => {
        const position = { at, id: assetIdSchema.parse(id) };
        expect(cursorSchema.parse(encodeCursor(position))).toEqual(position);
      }),
    );
  });

  it('is safe in an address as it is', () => {
    const cursor = encodeCursor({
      at: Date.now(),
      id: assetIdSchema.parse('01980c5e-7a10-7c3e-9f51-5f0a5d1f2d03'),
    });
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it('that this server did not make is refused with a sentence, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parsed = cursorSchema.safeParse(text);
        expect(parsed.success).toBe(false);
        expect(parsed.error?.issues[0]?.message).toContain('is not a cursor');
      }),
    );
  });
});
