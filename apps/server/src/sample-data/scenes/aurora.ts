import type { Canvas } from '../drawing/canvas.ts';
import { linePath, type Point } from '../drawing/curves.ts';
import { createRandom } from '../drawing/random.ts';

export interface AuroraOptions {
  readonly seed: number;
  readonly colors: readonly [low: string, middle: string, high: string];
  readonly curtains: number;
  /** Where the curtains hang, as fractions of the height. */
  readonly top: number;
  readonly bottom: number;
}

/** Curtains of light: narrow upright strips along a winding line, blurred into one another. */
export function drawAurora(canvas: Canvas, { seed, colors, curtains, top, bottom }: AuroraOptions): void {
  const random = createRandom(seed);
  const { width, height } = canvas;
  const [low, middle, high] = colors;
  const fill = canvas.linear([
    [0, high, 0],
    [0.35, high, 0.28],
    [0.72, middle, 0.7],
    [0.93, low, 0.95],
    [1, low, 0],
  ]);
  canvas.group({ filter: canvas.blur(width / 190), opacity: 0.92 }, () => {
    for (let curtain = 0; curtain < curtains; curtain += 1) {
      const phase = random.between(0, 6.3);
      const bend = random.between(0.04, 0.09) * height;
      const base = height * (bottom - curtain * 0.075);
      const tall = height * (bottom - top) * random.between(0.75, 1);
      const lean = random.between(-0.05, 0.05) * width;
      const strips = 90;
      for (let strip = 0; strip < strips; strip += 1) {
        const x = (strip / strips) * width * 1.1 - width * 0.05;
        const wind = Math.sin(x / (width * 0.14) + phase) + 0.5 * Math.sin(x / (width * 0.053) + phase * 2);
        const foot = base + wind * bend;
        const reach = tall * (0.65 + 0.35 * Math.sin(x / (width * 0.031) + phase * 3));
        const half = (width / strips) * random.between(0.45, 0.9);
        const strength = 0.5 + 0.5 * Math.sin(x / (width * 0.21) + phase * 1.7);
        const shape: Point[] = [
          [x - half, foot],
          [x + half, foot],
          [x + half + lean, foot - reach],
          [x - half + lean, foot - reach],
        ];
        canvas.add('path', {
          d: linePath(shape, true),
          fill,
          opacity: (0.12 + 0.5 * strength) / (1 + curtain * 0.35),
        });
      }
    }
  });
}
