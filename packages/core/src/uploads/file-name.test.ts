import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetNameOf } from './file-name.ts';

describe('the name that a file gives its asset', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['Mu\u0308nchen.png', 'M\u00fcnchen.png'],
    ['  spaced.gif ', 'spaced.gif'],
    ['a\u0000b\n.txt', 'ab.txt'],
    ['', 'untitled'],
    ['folder/', 'untitled'],
  ])('%j is %j', (given, name) => {
    expect(assetNameOf(given)).toBe(name);
  });

  it('is cut to 255 characters without losing its extension', () => {
    expect(assetNameOf(`${'x'.repeat(400)}.jpeg`)).toBe(`${'x'.repeat(250)}.jpeg`);
  });

  it('is never empty, never a path, never longer than 255 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
        const name = assetNameOf(given);
        expect([...name].length).toBeGreaterThan(0);
        expect([...name].length).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/[\\/]|\p{Cc}/u);
      }),
    );
  });
});
