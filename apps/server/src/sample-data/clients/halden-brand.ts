import type { Brand } from '../brand.ts';
import { letter } from '../drawing/lettering.ts';

/** A roastery in the hills. */
export const haldenBrand: Brand = {
  name: 'Halden Coffee Roasters',
  claim: 'Slow mornings, well roasted.',
  ink: '#2B1B14',
  paper: '#F6EDE0',
  primary: '#C8552B',
  accent: '#E9C79B',
  palette: [
    ['Espresso', '#2B1B14'],
    ['Terracotta', '#C8552B'],
    ['Oat', '#E9C79B'],
    ['Milk', '#F6EDE0'],
    ['Sage', '#5E7A66'],
  ],
  display: 'fraunces',
  displayItalic: 'fraunces-italic',
  text: 'manrope',
  fontNames: ['Fraunces', 'Manrope'],
  drawMark(canvas, { x, y, size, color }) {
    const r = size / 2;
    canvas.group({ transform: `translate(${x} ${y}) scale(${r / 100})` }, () => {
      canvas.add('path', { d: 'M-46 6A46 46 0 0 1 46 6Z', fill: color });
      for (const turn of [-72, -48, -24, 0, 24, 48, 72]) {
        canvas.add('rect', {
          x: -3.4,
          y: -92,
          width: 6.8,
          height: 28,
          rx: 3.4,
          fill: color,
          transform: `rotate(${turn} 0 6)`,
        });
      }
      canvas.add('path', {
        d: 'M-100 22C-66 2 -40 40 0 22C40 4 66 42 100 22L100 36C66 56 40 18 0 36C-40 54 -66 16 -100 36Z',
        fill: color,
      });
      canvas.add('path', {
        d: 'M-78 56C-50 40 -32 70 0 56C32 42 50 72 78 56L78 68C50 84 32 54 0 68C-32 82 -50 52 -78 68Z',
        fill: color,
      });
    });
  },
  drawName(canvas, { x, y, size, color }) {
    letter(canvas, {
      text: 'Halden',
      face: 'fraunces',
      size,
      x,
      y,
      fill: color,
      anchor: 'middle',
      tracking: -0.01,
    });
    letter(canvas, {
      text: 'COFFEE ROASTERS',
      face: 'manrope',
      size: size * 0.2,
      x,
      y: y + size * 0.46,
      fill: color,
      anchor: 'middle',
      tracking: 0.32,
    });
  },
};
