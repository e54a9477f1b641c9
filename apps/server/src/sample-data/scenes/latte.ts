import type { Canvas } from '../drawing/canvas.ts';
import { darker, lighter, mix } from '../drawing/color.ts';
import { drawBackdrop, drawVignette } from './sky.ts';

/** A cup from above with a poured leaf in the milk. */
export function drawLatte(canvas: Canvas, table: string, cup: string): void {
  const { width: w, height: h } = canvas;
  const [cx, cy, r] = [w * 0.5, h * 0.5, w * 0.33];
  drawBackdrop(
    canvas,
    canvas.linear(
      [
        [0, lighter(table, 0.14)],
        [0.5, table],
        [1, darker(table, 0.3)],
      ],
      [0, 0, 1, 1],
    ),
  );
  for (let board = 1; board < 6; board += 1) {
    canvas.add('rect', {
      x: (board / 6) * w,
      y: 0,
      width: w * 0.003,
      height: h,
      fill: '#000000',
      opacity: 0.22,
    });
  }
  const shadow = canvas.radial([
    [0.6, '#120804', 0.65],
    [1, '#120804', 0],
  ]);
  canvas.add('circle', { cx: cx + r * 0.2, cy: cy + r * 0.24, r: r * 1.65, fill: shadow });
  const plate = canvas.linear(
    [
      [0, lighter(cup, 0.55)],
      [0.5, cup],
      [1, darker(cup, 0.18)],
    ],
    [0.1, 0.1, 0.9, 0.9],
  );
  canvas.add('circle', { cx, cy, r: r * 1.36, fill: plate });
  canvas.add('circle', {
    cx,
    cy,
    r: r * 1.29,
    fill: 'none',
    stroke: darker(cup, 0.2),
    'stroke-width': w * 0.003,
    opacity: 0.5,
  });
  canvas.add('circle', {
    cx: cx + r * 0.06,
    cy: cy + r * 0.08,
    r: r * 1.08,
    fill: canvas.radial([
      [0.8, '#120804', 0.45],
      [1, '#120804', 0],
    ]),
  });
  canvas.add('circle', {
    cx,
    cy,
    r,
    fill: canvas.linear(
      [
        [0, lighter(cup, 0.7)],
        [1, darker(cup, 0.06)],
      ],
      [0.1, 0.1, 0.9, 0.9],
    ),
  });
  const [coffee, milk] = ['#8a4b22', '#f5e3c8'];
  const crema = canvas.radial([
    [0, lighter(coffee, 0.12)],
    [0.72, coffee],
    [0.93, darker(coffee, 0.35)],
    [1, darker(coffee, 0.6)],
  ]);
  canvas.add('circle', { cx, cy, r: r * 0.92, fill: crema });

  canvas.group(
    { transform: `translate(${cx} ${cy}) rotate(-24) scale(${r / 100})`, filter: undefined },
    () => {
      for (let layer = 0; layer < 7; layer += 1) {
        const t = layer / 6;
        const wide = 66 - 40 * t;
        const top = 30 - 84 * t;
        const arc = `M${-wide} ${top - 14}C${-wide * 1.02} ${top + 22} ${-wide * 0.3} ${top + 31} 0 ${top + 12}C${wide * 0.3} ${top + 31} ${wide * 1.02} ${top + 22} ${wide} ${top - 14}C${wide * 0.8} ${top + 9} ${wide * 0.3} ${top + 11} 0 ${top - 1}C${-wide * 0.3} ${top + 11} ${-wide * 0.8} ${top + 9} ${-wide} ${top - 14}Z`;
        canvas.add('path', { d: arc, fill: mix(milk, coffee, 0.05 + 0.05 * t), opacity: 0.96 });
      }
      canvas.add('path', {
        d: 'M0 72C1.6 30 1.6 -20 0 -74C-1.6 -20 -1.6 30 0 72Z',
        fill: coffee,
        opacity: 0.85,
      });
      canvas.add('path', {
        d: 'M0 -54C9 -70 24 -66 20 -54C17 -45 6 -42 0 -34C-6 -42 -17 -45 -20 -54C-24 -66 -9 -70 0 -54Z',
        fill: milk,
      });
    },
  );
  canvas.add('ellipse', {
    cx: cx - r * 0.42,
    cy: cy - r * 0.5,
    rx: r * 0.3,
    ry: r * 0.12,
    fill: '#ffffff',
    opacity: 0.16,
    transform: `rotate(-40 ${cx - r * 0.42} ${cy - r * 0.5})`,
  });
  drawVignette(canvas, 0.35);
}
