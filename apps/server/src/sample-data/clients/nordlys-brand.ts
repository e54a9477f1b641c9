import type { Brand } from '../brand.ts';
import { letter } from '../drawing/lettering.ts';

/** Gear for cold nights outside. */
export const nordlysBrand: Brand = {
  name: 'Nordlys Outdoor',
  claim: 'Stay out longer.',
  ink: '#0B1D2A',
  paper: '#F4F7F8',
  primary: '#3DDC97',
  accent: '#FF6B35',
  palette: [
    ['Polar night', '#0B1D2A'],
    ['Aurora', '#3DDC97'],
    ['Glacier', '#A7D8F0'],
    ['Signal', '#FF6B35'],
    ['Snow', '#F4F7F8'],
  ],
  display: 'grotesk',
  displayItalic: 'grotesk-light',
  text: 'manrope',
  fontNames: ['Space Grotesk', 'Manrope'],
  drawMark(canvas, { x, y, size, color }) {
    canvas.group({ transform: `translate(${x} ${y}) scale(${size / 200})` }, () => {
      canvas.add('path', {
        d: 'M-96 78L-34 -38L-4 16L30 -78L96 78L66 78L26 -16L-2 62L-36 4L-66 78Z',
        fill: color,
      });
      canvas.add('path', {
        d: 'M-84 -44C-44 -96 -10 -30 26 -92',
        fill: 'none',
        stroke: color,
        'stroke-width': 13,
        'stroke-linecap': 'round',
        opacity: 0.75,
      });
    });
  },
  drawName(canvas, { x, y, size, color }) {
    letter(canvas, {
      text: 'NORDLYS',
      face: 'grotesk',
      size: size * 0.92,
      x,
      y,
      fill: color,
      anchor: 'middle',
      tracking: 0.1,
    });
    letter(canvas, {
      text: 'OUTDOOR · 69° NORTH',
      face: 'manrope',
      size: size * 0.19,
      x,
      y: y + size * 0.42,
      fill: color,
      anchor: 'middle',
      tracking: 0.34,
    });
  },
};
