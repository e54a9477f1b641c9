import type { Canvas } from '../drawing/canvas.ts';
import { darker, lighter } from '../drawing/color.ts';
import { linePath } from '../drawing/curves.ts';

export interface RoomOptions {
  readonly wall: string;
  readonly table: string;
  /** Where the table meets the wall, as a fraction of the height. */
  readonly edge: number;
  /** Light from a window falls on the wall. */
  readonly window?: boolean;
}

/** A wall and a table, lit from the left. */
export function drawRoom(canvas: Canvas, { wall, table, edge, window = false }: RoomOptions): void {
  const { width, height } = canvas;
  const y = height * edge;
  const lit = canvas.radial(
    [
      [0, lighter(wall, 0.32)],
      [0.55, wall],
      [1, darker(wall, 0.3)],
    ],
    [0.3, 0.35, 0.95],
  );
  canvas.add('rect', { x: 0, y: 0, width, height: y + 2, fill: lit });
  if (window) drawWindowLight(canvas, y);
  const top = canvas.linear([
    [0, darker(table, 0.22)],
    [0.12, table],
    [1, lighter(table, 0.1)],
  ]);
  canvas.add('rect', { x: 0, y, width, height: height - y, fill: top });
  const sheen = canvas.radial(
    [
      [0, '#ffffff', 0.28],
      [1, '#ffffff', 0],
    ],
    [0.3, 0.1, 0.7],
  );
  canvas.add('rect', { x: 0, y, width, height: height - y, fill: sheen });
  canvas.add('rect', {
    x: 0,
    y: y - height * 0.03,
    width,
    height: height * 0.03,
    fill: canvas.linear([
      [0, '#000000', 0],
      [1, '#000000', 0.16],
    ]),
  });
}

function drawWindowLight(canvas: Canvas, edge: number): void {
  const { width } = canvas;
  canvas.group({ filter: canvas.blur(width / 130), opacity: 0.34 }, () => {
    for (const column of [0, 1]) {
      for (const row of [0, 1, 2]) {
        const x = width * (0.42 + column * 0.17);
        const y = edge * (0.1 + row * 0.26);
        const [w, h, slant] = [width * 0.145, edge * 0.22, edge * 0.12];
        canvas.add('path', {
          d: linePath(
            [
              [x, y],
              [x + w, y + slant],
              [x + w, y + slant + h],
              [x, y + h],
            ],
            true,
          ),
          fill: '#fff4d8',
        });
      }
    }
  });
}
