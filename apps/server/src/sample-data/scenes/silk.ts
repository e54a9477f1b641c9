import type { Canvas } from '../drawing/canvas.ts';
import { darker, lighter, mix } from '../drawing/color.ts';
import { type Point, smoothPath } from '../drawing/curves.ts';
import { createRandom } from '../drawing/random.ts';
import { drawBackdrop } from './sky.ts';

/** Folds of cloth across the whole canvas. */
export function drawSilk(canvas: Canvas, seed: number, colors: readonly [string, string]): void {
  const { width, height } = canvas;
  const random = createRandom(seed);
  drawBackdrop(
    canvas,
    canvas.linear(
      [
        [0, colors[0]],
        [1, colors[1]],
      ],
      [0, 0, 1, 1],
    ),
  );
  const folds = 15;
  for (let fold = 0; fold < folds; fold += 1) {
    const t = fold / (folds - 1);
    const base = height * (-0.2 + 1.35 * t);
    const [bend, length, phase] = [
      random.between(0.07, 0.16) * height,
      random.between(0.5, 1.05) * width,
      random.between(0, 6.3),
    ];
    const points: Point[] = [];
    for (let x = -width * 0.1; x <= width * 1.1; x += width / 24) {
      points.push([
        x,
        base + Math.sin((x / length) * 4.4 + phase) * bend + (x / width - 0.5) * height * -0.38,
      ]);
    }
    const color = mix(colors[0], colors[1], 0.5 + 0.5 * Math.sin(t * 7 + seed));
    const fill = canvas.linear(
      [
        [0, lighter(color, 0.42)],
        [0.09, lighter(color, 0.12)],
        [0.26, darker(color, 0.16)],
        [0.5, darker(color, 0.03)],
        [1, darker(color, 0.1)],
      ],
      [0.25, 0, 0.35, 0.75],
    );
    canvas.add('path', {
      d: `${smoothPath(points)}L${width * 1.1} ${height * 1.4}L${-width * 0.1} ${height * 1.4}Z`,
      fill,
    });
  }
}
