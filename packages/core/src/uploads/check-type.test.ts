import { describe, expect, it } from 'vitest';
import { checkType } from './check-type.ts';

const png = { type: 'image', format: 'png', width: 1, height: 1, mimeType: 'image/png' } as const;

describe('the kind of an upload', () => {
  it('may be declared when it agrees with the bytes, in type and name', () => {
    expect(() => checkType(png, { type: 'image', fileName: 'a.png' })).not.toThrow();
    expect(() => checkType(png, { type: undefined, fileName: 'a.jpg' })).not.toThrow();
    expect(() => checkType(png, { type: undefined, fileName: 'a.unknown' })).not.toThrow();
  });

  it('is refused when the declared type says another', () => {
    expect(() => checkType(png, { type: 'video', fileName: 'a.png' })).toThrow("'type' says 'video'");
  });

  it('is refused when the extension says another kind', () => {
    expect(() => checkType(png, { type: undefined, fileName: 'a.mp4' })).toThrow("named '.mp4'");
    expect(() => checkType(png, { type: 'image', fileName: 'a.pdf' })).toThrow("named '.pdf'");
  });
});
