import type { Canvas } from '../drawing/canvas.ts';
import { type Point, smoothPath } from '../drawing/curves.ts';
import { createRandom } from '../drawing/random.ts';

export interface SmokeOptions {
  readonly seed: number;
  /** Units; where it rises from. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly color: string;
  readonly opacity: number;
  /** How wide it gets, in parts of its height. */
  readonly spread: number;
}

/** Steam: many thin threads that wind around one another on their way up. */
export function drawSmoke(canvas: Canvas, options: SmokeOptions): void {
  const { seed, x, y, height, color, opacity, spread } = options;
  const random = createRandom(seed);
  const fade = canvas.linear([
    [0, color, 0],
    [0.3, color, 0.55],
    [0.8, color, 1],
    [1, color, 0],
  ]);
  const phase = random.between(0, 6.3);
  const threads = 46;
  canvas.group({ filter: canvas.blur(height / 130), opacity }, () => {
    for (let thread = 0; thread < threads; thread += 1) {
      const t = thread / (threads - 1) - 0.5;
      const twist = random.between(-0.25, 0.25) + t * 2.2;
      const points: Point[] = [];
      for (let step = 0; step <= 16; step += 1) {
        const up = step / 16;
        const wide = height * spread * up ** 0.8;
        points.push([
          x +
            Math.sin(up * 5.2 + phase + twist * up) * wide * 0.55 +
            Math.sin(up * 11 + twist * 2) * wide * 0.16 +
            t * height * 0.03,
          y - up * height,
        ]);
      }
      canvas.add('path', {
        d: smoothPath(points),
        fill: 'none',
        stroke: fade,
        'stroke-width': height * random.between(0.004, 0.016),
        opacity: 0.2,
      });
    }
  });
}
