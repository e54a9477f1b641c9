import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniqueNames, usableName } from './zip-names.ts';

describe('names in a ZIP', () => {
  it('are each used once, whatever they are, and leave no folder', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a.jpg',
        'A.jpg',
        'a (2).jpg',
        '../../etc/passwd',
        'C:\\a',
        '.',
        '..',
        '',
        'manifest.json',
      ),
      fc.constantFrom('é.png', 'e\u0301.png', 'CON', 'nul.txt', 'gnp.\u202Eexe'),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), (names) => {
        const unique = createUniqueNames(['manifest.json']);
        const given = names.map((one) => unique(one));
        const alike = given.map((one) => one.normalize('NFC').toLowerCase());
        expect(new Set(alike).size).toBe(given.length);
        expect(alike).not.toContain('manifest.json');
        for (const one of given) {
          expect(one).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Bidi_Control}]|^\.|[. ]$/u);
          expect(one).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
          expect(Buffer.byteLength(one)).toBeLessThanOrEqual(255);
        }
      }),
    );
  });

  it('stay as they are where they can', () => {
    expect(usableName('Hafen, früh (final).png')).toBe('Hafen, früh (final).png');
  });

  it('that are alike are numbered before their ending', () => {
    const unique = createUniqueNames();
    expect(['a.jpg', 'A.JPG', 'a (2).jpg'].map(unique)).toEqual(['a.jpg', 'A (2).JPG', 'a (2) (2).jpg']);
  });

  it('that are too long lose their middle, not their ending', () => {
    const unique = createUniqueNames();
    const long = `${'ü'.repeat(300)}.tiff`;
    const [first, second] = [unique(long), unique(long)];
    expect(first).toMatch(/ü\.tiff$/);
    expect(second).toMatch(/ü \(2\)\.tiff$/);
    for (const one of [first, second]) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(255);
  });
});
