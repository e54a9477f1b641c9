import type { Brand } from '../brand.ts';
import { drawBackdrop } from '../scenes/sky.ts';
import { type Canvas, createCanvas } from './canvas.ts';

export interface LogoOptions {
  readonly color: string;
  /** Left out: transparent. */
  readonly ground?: string;
  /** The mark alone, on a square. */
  readonly markOnly?: boolean;
}

/** A brand's logo with its clear space. */
export function drawLogo(brand: Brand, { color, ground, markOnly = false }: LogoOptions): Canvas {
  const canvas = markOnly ? createCanvas(1000, 1000) : createCanvas(1600, 1000);
  if (ground) drawBackdrop(canvas, ground);
  if (markOnly) brand.drawMark(canvas, { x: 500, y: 500, size: 560, color });
  else {
    brand.drawMark(canvas, { x: 800, y: 380, size: 330, color });
    brand.drawName(canvas, { x: 800, y: 745, size: 150, color });
  }
  return canvas;
}
