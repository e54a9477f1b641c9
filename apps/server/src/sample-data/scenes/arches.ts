import type { Canvas } from '../drawing/canvas.ts';
import { darker, lighter } from '../drawing/color.ts';

/** An arch that stands on `y`, with a darker inside; x is its middle. */
export function drawArch(
  canvas: Canvas,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
): void {
  const outline = (inset: number) => {
    const half = width / 2 - inset;
    return `M${x - half} ${y}L${x - half} ${y - height + width / 2}A${half} ${half} 0 0 1 ${x + half} ${y - height + width / 2}L${x + half} ${y}Z`;
  };
  const depth = width * 0.09;
  canvas.add('path', {
    d: outline(0),
    fill: canvas.linear(
      [
        [0, lighter(color, 0.22)],
        [1, darker(color, 0.06)],
      ],
      [0, 0, 1, 0.6],
    ),
  });
  canvas.clip(outline(depth), () => {
    canvas.add('path', { d: outline(depth), fill: darker(color, 0.24) });
    canvas.add('path', {
      d: outline(depth),
      fill: canvas.linear(
        [
          [0, darker(color, 0.02)],
          [1, lighter(color, 0.3)],
        ],
        [0, 0, 1, 1],
      ),
      transform: `translate(${depth * 0.9} ${depth * 0.5})`,
    });
  });
}
