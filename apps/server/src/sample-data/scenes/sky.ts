import type { Canvas, Stop } from '../drawing/canvas.ts';
import { createRandom } from '../drawing/random.ts';

/** Fills the whole canvas. */
export function drawBackdrop(canvas: Canvas, fill: string): void {
  canvas.add('rect', { x: 0, y: 0, width: canvas.width, height: canvas.height, fill });
}

export function drawSky(canvas: Canvas, stops: readonly Stop[]): void {
  drawBackdrop(canvas, canvas.linear(stops));
}

export interface Sun {
  /** Fractions of the width and height; the radius of the width. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: string;
  readonly glow: string;
}

export function drawSun(canvas: Canvas, { x, y, radius, color, glow }: Sun): void {
  const [cx, cy, r] = [x * canvas.width, y * canvas.height, radius * canvas.width];
  for (const [factor, opacity] of [
    [9, 0.55],
    [4, 0.5],
  ] as const) {
    const fill = canvas.radial([
      [0, glow, opacity],
      [0.5, glow, opacity * 0.3],
      [1, glow, 0],
    ]);
    canvas.add('circle', { cx, cy, r: r * factor, fill });
  }
  canvas.add('circle', { cx, cy, r, fill: color });
}

export function drawStars(canvas: Canvas, seed: number, count: number, below: number): void {
  const random = createRandom(seed);
  for (let index = 0; index < count; index += 1) {
    const bright = random.between(0, 1) ** 3;
    canvas.add('circle', {
      cx: random.between(0, canvas.width),
      cy: random.between(0, canvas.height * below),
      r: (0.4 + bright * 1.5) * (canvas.width / 1500),
      fill: random.pick(['#ffffff', '#dcebff', '#fff3df']),
      opacity: 0.25 + 0.75 * bright,
    });
  }
}

/** Darkens the corners, as a lens does. */
export function drawVignette(canvas: Canvas, opacity: number, color = '#000000'): void {
  drawBackdrop(
    canvas,
    canvas.radial(
      [
        [0.45, color, 0],
        [1, color, opacity],
      ],
      [0.5, 0.5, 0.75],
    ),
  );
}
