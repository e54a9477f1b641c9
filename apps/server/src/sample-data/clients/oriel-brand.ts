import type { Brand } from '../brand.ts';
import { letter } from '../drawing/lettering.ts';
import { drawSprig } from '../scenes/leaves.ts';

/** Botanical skincare and scent. */
export const orielBrand: Brand = {
  name: 'Maison Oriel',
  claim: 'The garden, distilled.',
  ink: '#5B2A4E',
  paper: '#FBF7F2',
  primary: '#9DB5A0',
  accent: '#C9A24B',
  palette: [
    ['Plum', '#5B2A4E'],
    ['Blush', '#F3D9D2'],
    ['Sage', '#9DB5A0'],
    ['Gilt', '#C9A24B'],
    ['Ivory', '#FBF7F2'],
  ],
  display: 'cormorant',
  displayItalic: 'cormorant-italic',
  text: 'jost',
  fontNames: ['Cormorant Garamond', 'Jost'],
  drawMark(canvas, { x, y, size, color }) {
    const r = size / 2;
    canvas.add('ellipse', {
      cx: x,
      cy: y,
      rx: r * 0.76,
      ry: r * 0.98,
      fill: 'none',
      stroke: color,
      'stroke-width': r * 0.024,
    });
    canvas.add('ellipse', {
      cx: x,
      cy: y,
      rx: r * 0.69,
      ry: r * 0.91,
      fill: 'none',
      stroke: color,
      'stroke-width': r * 0.009,
    });
    drawSprig(canvas, { x: x - r * 0.04, y: y + r * 0.66, length: r * 1.28, angle: 2, seed: 4, fill: color });
  },
  drawName(canvas, { x, y, size, color }) {
    letter(canvas, { text: 'Maison Oriel', face: 'cormorant', size, x, y, fill: color, anchor: 'middle' });
    letter(canvas, {
      text: 'PARIS — GRASSE',
      face: 'jost',
      size: size * 0.17,
      x,
      y: y + size * 0.42,
      fill: color,
      anchor: 'middle',
      tracking: 0.4,
    });
  },
};
