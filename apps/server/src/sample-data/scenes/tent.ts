import type { Canvas } from '../drawing/canvas.ts';
import { mix } from '../drawing/color.ts';
import { linePath } from '../drawing/curves.ts';

/** A ridge tent with a lamp in it; x and y are the middle of its foot, `size` its width. */
export function drawTent(canvas: Canvas, x: number, y: number, size: number, color: string): void {
  const glow = canvas.radial([
    [0, '#ffd9a0', 0.75],
    [0.4, color, 0.28],
    [1, color, 0],
  ]);
  canvas.add('ellipse', { cx: x, cy: y - size * 0.15, rx: size * 1.5, ry: size * 0.95, fill: glow });
  const light = canvas.radial(
    [
      [0, '#fff1cf'],
      [0.35, mix(color, '#ffd28a', 0.65)],
      [1, mix(color, '#3a1206', 0.35)],
    ],
    [0.42, 0.85, 0.85],
  );
  const shade = canvas.linear(
    [
      [0, mix(color, '#2a0d05', 0.25)],
      [1, mix(color, '#2a0d05', 0.72)],
    ],
    [0, 0, 1, 0],
  );
  const [w, h] = [size / 2, size * 0.56];
  canvas.add('path', {
    d: linePath(
      [
        [x - w, y],
        [x - w * 0.12, y - h],
        [x + w * 0.3, y],
      ],
      true,
    ),
    fill: light,
  });
  canvas.add('path', {
    d: linePath(
      [
        [x - w * 0.12, y - h],
        [x + w * 0.75, y - h * 0.82],
        [x + w * 1.18, y - h * 0.02],
        [x + w * 0.3, y],
      ],
      true,
    ),
    fill: shade,
  });
  canvas.add('path', {
    d: linePath(
      [
        [x - w * 0.12, y - h],
        [x - w * 0.3, y],
        [x + w * 0.02, y],
      ],
      true,
    ),
    fill: '#fff6df',
    opacity: 0.75,
  });
  canvas.add('path', {
    d: linePath([
      [x - w, y],
      [x - w * 1.4, y + h * 0.06],
    ]),
    stroke: mix(color, '#000000', 0.5),
    'stroke-width': size / 160,
  });
}
