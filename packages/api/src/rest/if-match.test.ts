import { describe, expect, it } from 'vitest';
import { etagOf, rowVersionOf } from './if-match.ts';

describe('If-Match', () => {
  it('names the row version that its ETag gave', () => {
    expect(rowVersionOf(etagOf(7))).toBe(7);
    expect(rowVersionOf('W/"7"')).toBe(7);
    expect(rowVersionOf(' 7 ')).toBe(7);
  });

  it('that is a star names none', () => {
    expect(rowVersionOf('*')).toBeUndefined();
  });

  it('of any other shape is refused by name', () => {
    for (const header of ['', 'abc', '"1", "2"', '-1', '1.5', '"99999999999999999999"']) {
      expect(() => rowVersionOf(header), header).toThrow('If-Match: must be the row version');
    }
  });
});
