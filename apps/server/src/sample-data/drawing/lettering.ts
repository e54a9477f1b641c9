import type { Canvas } from './canvas.ts';
import { type Typeface, typeface } from './typeface.ts';

export interface Lettering {
  readonly text: string;
  readonly face: Typeface;
  /** Units. */
  readonly size: number;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Extra space between letters, in parts of the size. */
  readonly tracking?: number;
  readonly opacity?: number;
}

const anchorFactor = { start: 0, middle: 0.5, end: 1 } as const;

/** Sets a line of text as outlines, so that it looks the same on every machine. */
export function letter(canvas: Canvas, line: Lettering): void {
  const { text, face, size, x, y, fill, anchor = 'start', tracking = 0, opacity } = line;
  const font = typeface(face);
  const scale = size / font.unitsPerEm;
  const { glyphs, positions } = font.layout(text);
  const advances = glyphs.map((_, index) => (positions[index]?.xAdvance ?? 0) * scale + tracking * size);
  const length = advances.reduce((sum, advance) => sum + advance, -tracking * size);
  let pen = x - length * anchorFactor[anchor];
  const outlines = glyphs.map((glyph, index) => {
    const at = pen;
    pen += advances[index] ?? 0;
    return glyph.path.scale(scale, -scale).translate(at, y).toSVG();
  });
  canvas.add('path', { d: outlines.join(''), fill, opacity });
}
