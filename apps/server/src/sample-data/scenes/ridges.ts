import type { Canvas } from '../drawing/canvas.ts';
import { mix } from '../drawing/color.ts';
import { linePath, type Point, smoothPath } from '../drawing/curves.ts';
import { createRandom, type Random } from '../drawing/random.ts';

export interface RidgesOptions {
  readonly seed: number;
  /** Where the farthest and the nearest ridge stand, as fractions of the height. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly far: string;
  readonly near: string;
  /** What lies in the valleys. */
  readonly mist: string;
  /** 0 for rolling hills, 1 for peaks. */
  readonly jagged: number;
  /** Conifers on this many of the nearest ridges. */
  readonly wooded?: number;
}

interface Wave {
  readonly height: number;
  readonly length: number;
  readonly phase: number;
}

function crest(random: Random, width: number, amplitude: number, jagged: number): (x: number) => number {
  const octaves = jagged > 0.5 ? 6 : 3;
  const waves: Wave[] = Array.from({ length: octaves }, (_, octave) => ({
    height: amplitude * 0.55 ** octave * random.between(0.7, 1.2),
    length: (width * random.between(0.55, 0.9)) / 2 ** octave,
    phase: random.between(0, Math.PI * 2),
  }));
  return (x) =>
    waves.reduce((sum, { height, length, phase }) => {
      const turn = (x / length) * Math.PI * 2 + phase;
      // |sin| has corners, which is what makes a peak of a hill.
      const peak = 1 - 2 * Math.abs(Math.sin(turn / 2));
      return sum + height * (peak * jagged + Math.sin(turn) * (1 - jagged));
    }, 0);
}

function conifers(random: Random, width: number, ground: (x: number) => number, size: number): string {
  const trees: string[] = [];
  for (let x = -20; x < width + 20; x += random.between(size * 0.18, size * 0.75)) {
    const height = size * random.between(0.45, 1.25);
    const half = height * random.between(0.17, 0.23);
    const base = ground(x) + size * 0.12;
    const points: Point[] = [[x, base - height]];
    for (const [down, out] of [
      [0.36, 0.5],
      [0.34, 0.26],
      [0.68, 0.78],
      [0.66, 0.44],
      [1, 1],
    ] as const) {
      points.push([x + half * out, base - height * (1 - down)]);
    }
    for (const [x2, y2] of points.slice(1).reverse()) points.push([2 * x - x2, y2]);
    trees.push(linePath(points, true));
  }
  return trees.join('');
}

/** Ridges behind ridges, the far ones lost in the air. */
export function drawRidges(canvas: Canvas, options: RidgesOptions): void {
  const { width, height } = canvas;
  const { seed, from, to, count, far, near, mist, jagged, wooded = 0 } = options;
  const random = createRandom(seed);
  for (let index = 0; index < count; index += 1) {
    const t = count === 1 ? 1 : index / (count - 1);
    const top = height * (from + (to - from) * t);
    const offset = crest(random, width, height * (0.05 + 0.035 * t), jagged * (1 - 0.35 * t));
    const ground = (x: number) => top - offset(x);
    const step = width / (jagged > 0.5 ? 260 : 60);
    const points: Point[] = [];
    for (let x = -step; x <= width + step; x += step) points.push([x, ground(x)]);
    const line = jagged > 0.5 ? linePath(points) : smoothPath(points);
    const color = mix(far, near, t ** 0.9);
    const fill = canvas.linear([
      [0, color],
      [0.35, mix(color, mist, 0.12)],
      [1, mix(color, mist, 0.75 * (1 - 0.6 * t))],
    ]);
    canvas.add('path', { d: `${line}L${width + step} ${height}L${-step} ${height}Z`, fill });
    if (count - index <= wooded) {
      canvas.add('path', {
        d: conifers(random, width, ground, height * (0.05 + 0.05 * t)),
        fill: mix(color, '#000000', 0.12),
      });
    }
  }
}
