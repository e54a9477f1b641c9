import type { Canvas, Stop } from '../drawing/canvas.ts';
import { darker, lighter, mix } from '../drawing/color.ts';

/** Where an object stands: the middle of its foot, and its height. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Light from the upper left on something round. */
function roundShading(color: string, gloss = 0.45): Stop[] {
  return [
    [0, darker(color, 0.28)],
    [0.14, darker(color, 0.04)],
    [0.27, lighter(color, gloss)],
    [0.4, lighter(color, 0.06)],
    [0.68, darker(color, 0.12)],
    [0.93, darker(color, 0.45)],
    [1, darker(color, 0.3)],
  ];
}

const across = [0, 0, 1, 0] as const;

/** The shadow on the table, soft and away from the light. */
function drawShadow(canvas: Canvas, { x, y, height }: Place, width: number, opacity = 0.5): void {
  const fill = canvas.radial([
    [0, '#1a0d08', opacity],
    [0.55, '#1a0d08', opacity * 0.45],
    [1, '#1a0d08', 0],
  ]);
  canvas.add('ellipse', { cx: x + width * 0.3, cy: y, rx: width * 1.05, ry: height * 0.09, fill });
  canvas.add('ellipse', { cx: x + width * 0.04, cy: y, rx: width * 0.6, ry: height * 0.035, fill });
}

/** A standing pouch with a folded top. */
export function drawPouch(canvas: Canvas, place: Place, color: string, label: string): void {
  const { x, y, height: h } = place;
  const w = h * 0.3;
  drawShadow(canvas, place, w);
  const body = `M${x - w} ${y - h * 0.015}C${x - w * 1.04} ${y - h * 0.4} ${x - w * 0.98} ${y - h * 0.7} ${x - w * 0.9} ${y - h * 0.88}L${x + w * 0.9} ${y - h * 0.88}C${x + w * 0.98} ${y - h * 0.7} ${x + w * 1.04} ${y - h * 0.4} ${x + w} ${y - h * 0.015}C${x + w * 0.5} ${y + h * 0.022} ${x - w * 0.5} ${y + h * 0.022} ${x - w} ${y - h * 0.015}Z`;
  canvas.add('path', { d: body, fill: canvas.linear(roundShading(color, 0.16), across) });
  canvas.clip(body, () => {
    const fold = canvas.linear(
      [
        [0, '#000000', 0.34],
        [1, '#000000', 0],
      ],
      across,
    );
    canvas.add('path', {
      d: `M${x - w * 1.05} ${y}L${x - w * 0.55} ${y - h * 0.3}L${x - w * 0.9} ${y - h * 0.88}L${x - w * 1.2} ${y - h * 0.8}Z`,
      fill: fold,
      opacity: 0.5,
    });
    canvas.add('path', {
      d: `M${x + w * 1.05} ${y}L${x + w * 0.62} ${y - h * 0.3}L${x + w * 0.9} ${y - h * 0.88}L${x + w * 1.2} ${y - h * 0.8}Z`,
      fill: '#000000',
      opacity: 0.14,
    });
    canvas.add('path', {
      d: `M${x - w} ${y - h * 0.03}Q${x} ${y - h * 0.12} ${x + w} ${y - h * 0.03}L${x + w} ${y + h * 0.1}L${x - w} ${y + h * 0.1}Z`,
      fill: '#000000',
      opacity: 0.14,
    });
  });
  const top = y - h * 0.88;
  canvas.add('path', {
    d: `M${x - w * 0.9} ${top}L${x - w * 0.88} ${y - h}L${x + w * 0.88} ${y - h}L${x + w * 0.9} ${top}Z`,
    fill: canvas.linear(roundShading(darker(color, 0.08), 0.2), across),
  });
  canvas.add('rect', {
    x: x - w * 0.93,
    y: top - h * 0.012,
    width: w * 1.86,
    height: h * 0.022,
    rx: h * 0.008,
    fill: canvas.linear(roundShading(mix(color, '#c9a36a', 0.6), 0.3), across),
  });
  const paper = canvas.linear(
    [
      [0, lighter(label, 0.15)],
      [0.7, label],
      [1, darker(label, 0.14)],
    ],
    across,
  );
  canvas.add('rect', {
    x: x - w * 0.62,
    y: y - h * 0.68,
    width: w * 1.24,
    height: h * 0.46,
    rx: w * 0.02,
    fill: paper,
  });
}

/** A cup without a handle on a saucer, with coffee in it. */
export function drawCup(canvas: Canvas, place: Place, color: string, drink = '#3b1d10'): void {
  const { x, y, height: h } = place;
  const w = h * 0.62;
  drawShadow(canvas, { x, y: y + h * 0.02, height: h * 1.3 }, w * 1.5, 0.42);
  const saucer = canvas.linear(roundShading(darker(color, 0.05), 0.3), across);
  canvas.add('ellipse', { cx: x, cy: y + h * 0.02, rx: w * 1.5, ry: h * 0.2, fill: darker(color, 0.38) });
  canvas.add('ellipse', { cx: x, cy: y - h * 0.02, rx: w * 1.5, ry: h * 0.19, fill: saucer });
  canvas.add('ellipse', { cx: x, cy: y - h * 0.015, rx: w * 0.95, ry: h * 0.11, fill: darker(color, 0.22) });
  const rim = y - h;
  canvas.add('path', {
    d: `M${x - w} ${rim}C${x - w * 0.98} ${y - h * 0.35} ${x - w * 0.7} ${y - h * 0.02} ${x - w * 0.5} ${y - h * 0.02}Q${x} ${y + h * 0.06} ${x + w * 0.5} ${y - h * 0.02}C${x + w * 0.7} ${y - h * 0.02} ${x + w * 0.98} ${y - h * 0.35} ${x + w} ${rim}Z`,
    fill: canvas.linear(roundShading(color, 0.5), across),
  });
  canvas.add('ellipse', { cx: x, cy: rim, rx: w, ry: h * 0.17, fill: lighter(color, 0.25) });
  canvas.add('ellipse', {
    cx: x,
    cy: rim + h * 0.015,
    rx: w * 0.93,
    ry: h * 0.145,
    fill: darker(color, 0.4),
  });
  const surface = canvas.radial(
    [
      [0, lighter(drink, 0.22)],
      [0.7, drink],
      [1, darker(drink, 0.45)],
    ],
    [0.4, 0.4, 0.7],
  );
  canvas.add('ellipse', { cx: x, cy: rim + h * 0.035, rx: w * 0.88, ry: h * 0.12, fill: surface });
  canvas.add('ellipse', {
    cx: x - w * 0.2,
    cy: rim + h * 0.02,
    rx: w * 0.42,
    ry: h * 0.028,
    fill: '#ffffff',
    opacity: 0.18,
  });
}

/** A flask with a screw cap. */
export function drawFlask(canvas: Canvas, place: Place, color: string, cap: string): void {
  const { x, y, height: h } = place;
  const w = h * 0.135;
  drawShadow(canvas, { x, y, height: h * 0.7 }, w * 1.3);
  const shoulder = y - h * 0.74;
  const neck = y - h * 0.83;
  canvas.add('path', {
    d: `M${x - w} ${y - h * 0.03}L${x - w} ${shoulder}C${x - w} ${neck} ${x - w * 0.62} ${neck} ${x - w * 0.6} ${y - h * 0.86}L${x + w * 0.6} ${y - h * 0.86}C${x + w * 0.62} ${neck} ${x + w} ${neck} ${x + w} ${shoulder}L${x + w} ${y - h * 0.03}Q${x + w} ${y} ${x + w * 0.85} ${y}Q${x} ${y + h * 0.02} ${x - w * 0.85} ${y}Q${x - w} ${y} ${x - w} ${y - h * 0.03}Z`,
    fill: canvas.linear(roundShading(color, 0.5), across),
  });
  canvas.add('rect', {
    x: x - w * 0.64,
    y: y - h * 0.875,
    width: w * 1.28,
    height: h * 0.022,
    fill: canvas.linear(roundShading('#b9c2c7', 0.7), across),
  });
  canvas.add('rect', {
    x: x - w * 0.7,
    y: y - h,
    width: w * 1.4,
    height: h * 0.13,
    rx: w * 0.12,
    fill: canvas.linear(roundShading(cap, 0.3), across),
  });
  for (let line = 0; line < 9; line += 1) {
    canvas.add('rect', {
      x: x - w * 0.62 + line * w * 0.155,
      y: y - h * 0.975,
      width: w * 0.03,
      height: h * 0.085,
      fill: '#000000',
      opacity: 0.22,
    });
  }
  canvas.add('rect', {
    x: x - w,
    y: y - h * 0.055,
    width: w * 2,
    height: h * 0.012,
    fill: '#000000',
    opacity: 0.22,
  });
}

/** A square perfume bottle of clear glass. */
export function drawPerfume(canvas: Canvas, place: Place, liquid: string, cap: string): void {
  const { x, y, height: h } = place;
  const w = h * 0.31;
  drawShadow(canvas, { x, y, height: h }, w, 0.34);
  const caustic = canvas.radial([
    [0, lighter(liquid, 0.6), 0.8],
    [0.5, liquid, 0.3],
    [1, liquid, 0],
  ]);
  canvas.add('ellipse', { cx: x + w * 0.95, cy: y + h * 0.012, rx: w * 0.9, ry: h * 0.05, fill: caustic });
  const glass = canvas.linear(
    [
      [0, '#ffffff', 0.85],
      [0.06, lighter(liquid, 0.5), 0.55],
      [0.5, '#ffffff', 0.28],
      [0.94, lighter(liquid, 0.35), 0.6],
      [1, '#ffffff', 0.9],
    ],
    across,
  );
  const top = y - h * 0.7;
  canvas.add('rect', { x: x - w, y: top, width: w * 2, height: h * 0.7, rx: w * 0.16, fill: glass });
  const fluid = canvas.linear(
    [
      [0, darker(liquid, 0.12)],
      [0.16, lighter(liquid, 0.28)],
      [0.35, liquid],
      [0.75, darker(liquid, 0.06)],
      [0.9, lighter(liquid, 0.36)],
      [1, darker(liquid, 0.2)],
    ],
    across,
  );
  canvas.add('rect', {
    x: x - w * 0.86,
    y: y - h * 0.56,
    width: w * 1.72,
    height: h * 0.5,
    rx: w * 0.1,
    fill: fluid,
    opacity: 0.92,
  });
  canvas.add('rect', {
    x: x - w * 0.86,
    y: y - h * 0.565,
    width: w * 1.72,
    height: h * 0.012,
    fill: '#ffffff',
    opacity: 0.55,
  });
  canvas.add('path', {
    d: `M${x - w * 0.78} ${top + h * 0.04}L${x - w * 0.5} ${top + h * 0.04}L${x - w * 0.72} ${y - h * 0.08}L${x - w * 0.8} ${y - h * 0.08}Z`,
    fill: '#ffffff',
    opacity: 0.4,
  });
  canvas.add('rect', {
    x: x - w * 0.34,
    y: top - h * 0.055,
    width: w * 0.68,
    height: h * 0.06,
    fill: canvas.linear(roundShading('#c9a24b', 0.6), across),
  });
  canvas.add('rect', {
    x: x - w * 0.46,
    y: y - h,
    width: w * 0.92,
    height: h * 0.25,
    rx: w * 0.07,
    fill: canvas.linear(roundShading(cap, 0.4), across),
  });
  canvas.add('ellipse', {
    cx: x,
    cy: y - h + w * 0.04,
    rx: w * 0.43,
    ry: w * 0.05,
    fill: lighter(cap, 0.35),
    opacity: 0.7,
  });
}

/** A low jar with a lid. */
export function drawJar(canvas: Canvas, place: Place, color: string, lid: string): void {
  const { x, y, height: h } = place;
  const w = h * 0.72;
  drawShadow(canvas, { x, y, height: h * 1.4 }, w, 0.38);
  const body = `M${x - w} ${y - h * 0.62}L${x - w} ${y - h * 0.14}Q${x - w} ${y + h * 0.06} ${x} ${y + h * 0.08}Q${x + w} ${y + h * 0.06} ${x + w} ${y - h * 0.14}L${x + w} ${y - h * 0.62}Z`;
  canvas.add('path', { d: body, fill: canvas.linear(roundShading(color, 0.55), across) });
  canvas.add('path', {
    d: `M${x - w * 1.03} ${y - h * 0.92}L${x - w * 1.03} ${y - h * 0.6}Q${x} ${y - h * 0.42} ${x + w * 1.03} ${y - h * 0.6}L${x + w * 1.03} ${y - h * 0.92}Z`,
    fill: canvas.linear(roundShading(lid, 0.5), across),
  });
  canvas.add('ellipse', {
    cx: x,
    cy: y - h * 0.92,
    rx: w * 1.03,
    ry: h * 0.13,
    fill: canvas.linear(
      [
        [0, lighter(lid, 0.45)],
        [1, lid],
      ],
      [0, 0, 1, 1],
    ),
  });
}

/** A ball with a soft highlight. */
export function drawSphere(canvas: Canvas, x: number, y: number, r: number, color: string): void {
  drawShadow(canvas, { x, y, height: r * 2 }, r * 0.95, 0.4);
  const fill = canvas.radial(
    [
      [0, lighter(color, 0.6)],
      [0.35, lighter(color, 0.1)],
      [0.75, darker(color, 0.15)],
      [1, darker(color, 0.38)],
    ],
    [0.34, 0.3, 0.78],
  );
  canvas.add('circle', { cx: x, cy: y - r, r, fill });
}

/** A round block to put things on; y is the middle of its foot. */
export function drawPlinth(canvas: Canvas, { x, y, height: h }: Place, radius: number, color: string): void {
  const ry = radius * 0.2;
  drawShadow(canvas, { x, y: y + ry * 0.6, height: radius * 1.4 }, radius * 1.05, 0.32);
  canvas.add('path', {
    d: `M${x - radius} ${y - h}L${x - radius} ${y}A${radius} ${ry} 0 0 0 ${x + radius} ${y}L${x + radius} ${y - h}Z`,
    fill: canvas.linear(roundShading(color, 0.25), across),
  });
  canvas.add('ellipse', {
    cx: x,
    cy: y - h,
    rx: radius,
    ry,
    fill: canvas.linear(
      [
        [0, lighter(color, 0.45)],
        [1, lighter(color, 0.08)],
      ],
      [0, 0, 1, 0.4],
    ),
  });
}
