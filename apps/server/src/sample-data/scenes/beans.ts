import type { Canvas } from '../drawing/canvas.ts';
import { darker, lighter } from '../drawing/color.ts';
import { createRandom } from '../drawing/random.ts';
import { drawBackdrop } from './sky.ts';

/** Coffee beans on a ground, none touching another. */
export function drawBeans(
  canvas: Canvas,
  seed: number,
  ground: string,
  colors: readonly [string, ...string[]],
): void {
  const random = createRandom(seed);
  const { width, height } = canvas;
  drawBackdrop(canvas, ground);
  const step = width / 9;
  for (let row = -1; row * step * 0.86 < height + step; row += 1) {
    for (let column = -1; column < 11; column += 1) {
      const x = (column + (row % 2 === 0 ? 0 : 0.5)) * step + random.between(-0.08, 0.08) * step;
      const y = row * step * 0.86 + random.between(-0.08, 0.08) * step;
      const size = step * random.between(0.27, 0.34);
      const color = random.pick(colors);
      canvas.group({ transform: `translate(${x} ${y}) rotate(${random.between(0, 360)})` }, () => {
        canvas.add('ellipse', {
          cx: size * 0.08,
          cy: size * 0.12,
          rx: size,
          ry: size * 0.7,
          fill: '#000000',
          opacity: 0.14,
        });
        canvas.add('ellipse', {
          rx: size,
          ry: size * 0.68,
          fill: canvas.radial(
            [
              [0, lighter(color, 0.22)],
              [0.7, color],
              [1, darker(color, 0.25)],
            ],
            [0.36, 0.3, 0.8],
          ),
        });
        canvas.add('path', {
          d: `M${-size * 0.94} 0C${-size * 0.4} ${-size * 0.34} ${size * 0.3} ${size * 0.34} ${size * 0.94} 0`,
          fill: 'none',
          stroke: ground,
          'stroke-width': size * 0.1,
          'stroke-linecap': 'round',
        });
      });
    }
  }
}
