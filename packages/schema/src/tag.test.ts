import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assetTypes,
  maxTagLength,
  mayCarry,
  roleNamed,
  roles,
  roleTable,
  tagKey,
  tagNameSchema,
} from './index.ts';

describe('free tags', () => {
  it('are trimmed and normalised to NFC', () => {
    expect(tagNameSchema.parse('  cafe\u0301 ')).toBe('caf\u00e9');
  });

  it('have 1 to 64 characters, counted as people count them', () => {
    expect(tagNameSchema.safeParse('   ').success).toBe(false);
    expect(tagNameSchema.safeParse('😀'.repeat(maxTagLength)).success).toBe(true);
    expect(tagNameSchema.safeParse('x'.repeat(maxTagLength + 1)).success).toBe(false);
  });

  it('contain no control characters', () => {
    expect(tagNameSchema.safeParse('a\u0000b').success).toBe(false);
    expect(tagNameSchema.safeParse('a\nb').success).toBe(false);
  });

  it('are the same without regard to case or the way an accent is encoded', () => {
    expect(tagKey('ÉTÉ')).toBe(tagKey('e\u0301te\u0301'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
        expect(tagKey(tagKey(name))).toBe(tagKey(name));
        expect(tagKey(name.normalize('NFD'))).toBe(tagKey(name.normalize('NFC')));
      }),
    );
  });
});

describe('roles', () => {
  it('are found by name without regard to case, and are no free tags', () => {
    expect(roleNamed('First_Frame')).toBe('first_frame');
    expect(roleNamed('first frame')).toBeNull();
  });

  it('may be carried by exactly the kinds whose list has them', () => {
    for (const type of assetTypes) {
      const allowed: readonly string[] = roleTable[type];
      for (const role of roles) expect(mayCarry(type, role)).toBe(allowed.includes(role));
    }
  });
});
