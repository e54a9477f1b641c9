import type { Canvas } from '../drawing/canvas.ts';
import { type Point, smoothPath } from '../drawing/curves.ts';
import { createRandom } from '../drawing/random.ts';

export interface ContoursOptions {
  readonly seed: number;
  readonly color: string;
  readonly accent: string;
  readonly hills: readonly (readonly [x: number, y: number, reach: number])[];
}

/** The lines of a hiking map: rings that follow the same ground, each fifth one stronger. */
export function drawContours(canvas: Canvas, { seed, color, accent, hills }: ContoursOptions): void {
  const random = createRandom(seed);
  const { width, height } = canvas;
  for (const [hx, hy, reach] of hills) {
    const waves = Array.from({ length: 5 }, (_, index) => ({
      turns: index + 2,
      size: random.between(0.05, 0.2) / (index * 0.6 + 1),
      phase: random.between(0, 6.3),
    }));
    const rings = Math.round(reach * 42);
    for (let ring = 1; ring <= rings; ring += 1) {
      const radius = (ring / rings) * reach * width;
      const points: Point[] = Array.from({ length: 72 }, (_, index) => {
        const angle = (index / 72) * Math.PI * 2;
        const shape = waves.reduce(
          (sum, { turns, size, phase }) => sum + size * Math.sin(angle * turns + phase + ring * 0.035),
          1,
        );
        return [
          hx * width + Math.cos(angle) * radius * shape,
          hy * height + Math.sin(angle) * radius * shape * 0.82,
        ];
      });
      const strong = ring % 5 === 0;
      canvas.add('path', {
        d: smoothPath(points, true),
        fill: 'none',
        stroke: strong ? accent : color,
        'stroke-width': (strong ? 2.6 : 1.2) * (width / 1500),
        opacity: strong ? 0.85 : 0.55,
      });
    }
  }
}
