import type { Canvas } from '../drawing/canvas.ts';
import { createRandom } from '../drawing/random.ts';

export interface Sprig {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  /** Degrees; 0 points up. */
  readonly angle: number;
  readonly seed: number;
  readonly fill: string;
  /** Outlines instead of silhouettes, this wide. */
  readonly line?: number;
  readonly opacity?: number;
}

const leaf = (length: number, half: number) =>
  `M0 0C${half} ${-length * 0.3} ${half} ${-length * 0.7} 0 ${-length}C${-half} ${-length * 0.7} ${-half} ${-length * 0.3} 0 0Z`;

/** A stem with leaves on both sides. */
export function drawSprig(canvas: Canvas, sprig: Sprig): void {
  const { x, y, length, angle, seed, fill, line, opacity } = sprig;
  const random = createRandom(seed);
  const paint = line
    ? { fill: 'none', stroke: fill, 'stroke-width': line, 'stroke-linecap': 'round' }
    : { fill };
  canvas.group({ transform: `translate(${x} ${y}) rotate(${angle})`, opacity }, () => {
    const sway = random.between(-0.16, 0.16) * length;
    canvas.add('path', {
      d: `M0 0Q${sway} ${-length * 0.5} 0 ${-length}`,
      fill: 'none',
      stroke: fill,
      'stroke-width': line ?? length / 90,
    });
    const pairs = 9;
    for (let pair = 1; pair <= pairs; pair += 1) {
      const t = pair / (pairs + 0.6);
      const px = 2 * sway * t * (1 - t);
      const size = length * (0.3 - 0.17 * t) * random.between(0.85, 1.15);
      for (const side of [-1, 1]) {
        const turn = side * (62 - 30 * t) + random.between(-7, 7);
        canvas.group({ transform: `translate(${px} ${-length * t}) rotate(${turn})` }, () => {
          canvas.add('path', { d: leaf(size, size * 0.2), ...paint });
          if (line) canvas.add('path', { d: `M0 0L0 ${-size * 0.86}`, ...paint, 'stroke-width': line * 0.6 });
        });
      }
    }
    canvas.group({ transform: `translate(0 ${-length * 0.97})` }, () => {
      canvas.add('path', { d: leaf(length * 0.15, length * 0.03), ...paint });
    });
  });
}
