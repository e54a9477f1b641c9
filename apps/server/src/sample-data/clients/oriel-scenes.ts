import { type Canvas, createCanvas } from '../drawing/canvas.ts';
import { letter } from '../drawing/lettering.ts';
import { createRandom } from '../drawing/random.ts';
import { drawArch } from '../scenes/arches.ts';
import { drawSprig } from '../scenes/leaves.ts';
import { drawJar, drawPerfume, drawPlinth, drawSphere } from '../scenes/objects.ts';
import { drawSilk } from '../scenes/silk.ts';
import { drawBackdrop, drawVignette } from '../scenes/sky.ts';
import { orielBrand as brand } from './oriel-brand.ts';

const [plum, blush, sage, gilt] = ['#5B2A4E', '#F3D9D2', '#9DB5A0', '#C9A24B'];

function drawStage(
  canvas: Canvas,
  wall: readonly [string, string],
  floor: readonly [string, string],
  edge: number,
): void {
  const { width, height } = canvas;
  drawBackdrop(
    canvas,
    canvas.radial(
      [
        [0, wall[0]],
        [1, wall[1]],
      ],
      [0.35, 0.3, 0.9],
    ),
  );
  canvas.add('rect', {
    x: 0,
    y: height * edge,
    width,
    height: height * (1 - edge),
    fill: canvas.linear([
      [0, floor[1]],
      [0.2, floor[0]],
      [1, floor[0]],
    ]),
  });
}

/** The scent itself. */
export function drawScent(): Canvas {
  const canvas = createCanvas(1200, 1500);
  drawStage(canvas, ['#f9e6df', '#dfb5aa'], ['#f3d3c9', '#d9a698'], 0.7);
  drawArch(canvas, 690, 1060, 560, 900, '#eac0b3');
  canvas.group({ filter: canvas.blur(7), opacity: 0.26 }, () => {
    drawSprig(canvas, { x: 60, y: 900, length: 850, angle: 34, seed: 3, fill: '#5a2030' });
  });
  drawPlinth(canvas, { x: 600, y: 1250, height: 110 }, 330, '#f0cfc4');
  drawPerfume(canvas, { x: 600, y: 1150, height: 640 }, '#d98f7f', '#8a3f55');
  letter(canvas, {
    text: 'Oriel',
    face: brand.display,
    size: 88,
    x: 600,
    y: 985,
    fill: '#ffffff',
    anchor: 'middle',
    opacity: 0.95,
  });
  letter(canvas, {
    text: 'EAU DE PARFUM',
    face: brand.text,
    size: 17,
    x: 600,
    y: 1022,
    fill: '#ffffff',
    anchor: 'middle',
    tracking: 0.3,
  });
  drawSphere(canvas, 1010, 1330, 62, gilt);
  return canvas;
}

/** The night cream. */
export function drawCream(): Canvas {
  const canvas = createCanvas(1200, 1200);
  drawStage(canvas, ['#dfe8dc', '#a8bda6'], ['#cfdccb', '#9bb199'], 0.66);
  canvas.group({ filter: canvas.blur(8), opacity: 0.3 }, () => {
    drawSprig(canvas, { x: 1180, y: 840, length: 800, angle: -42, seed: 11, fill: '#2f4a38' });
    drawSprig(canvas, { x: 1020, y: 900, length: 560, angle: -70, seed: 12, fill: '#2f4a38' });
  });
  drawPlinth(canvas, { x: 560, y: 1010, height: 140 }, 360, '#dbe5d7');
  drawJar(canvas, { x: 560, y: 860, height: 290 }, '#fbf7f2', '#c9a24b');
  letter(canvas, {
    text: 'Oriel',
    face: brand.display,
    size: 78,
    x: 560,
    y: 782,
    fill: plum,
    anchor: 'middle',
  });
  letter(canvas, {
    text: 'CRÈME DE NUIT',
    face: brand.text,
    size: 17,
    x: 560,
    y: 822,
    fill: plum,
    anchor: 'middle',
    tracking: 0.28,
  });
  drawSprig(canvas, { x: 930, y: 1090, length: 330, angle: 68, seed: 8, fill: '#5f7d64' });
  drawVignette(canvas, 0.2, '#2c4030');
  return canvas;
}

/** Arches, steps and balls: the set of the campaign. */
export function drawSet(): Canvas {
  const canvas = createCanvas(1500, 1000);
  drawStage(canvas, ['#f8ddd3', '#e0a99c'], ['#f1cabd', '#d99d8e'], 0.72);
  drawArch(canvas, 420, 730, 360, 560, '#c98a98');
  drawArch(canvas, 1120, 730, 440, 420, '#9db5a0');
  drawArch(canvas, 790, 740, 300, 640, '#f0cdb9');
  drawPlinth(canvas, { x: 790, y: 860, height: 130 }, 210, '#e9b9a8');
  drawPlinth(canvas, { x: 420, y: 880, height: 70 }, 170, '#b97488');
  drawSphere(canvas, 420, 812, 84, '#f6e6d8');
  drawSphere(canvas, 1150, 890, 118, gilt);
  drawPerfume(canvas, { x: 790, y: 735, height: 300 }, '#c97f92', plum);
  drawSphere(canvas, 1330, 905, 48, plum);
  return canvas;
}

export function drawSilkBlush(): Canvas {
  const canvas = createCanvas(1500, 1000);
  drawSilk(canvas, 5, ['#f3d9d2', '#cf8d8b']);
  return canvas;
}

export function drawSilkPlum(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawSilk(canvas, 14, ['#7a3b66', '#33142c']);
  return canvas;
}

/** Leaves as shadows on a wall, in two colours. */
export function drawShadows(): Canvas {
  const canvas = createCanvas(1200, 1500);
  drawBackdrop(
    canvas,
    canvas.linear(
      [
        [0, '#f7e4d6'],
        [1, '#e3b9a4'],
      ],
      [0, 0, 1, 1],
    ),
  );
  canvas.group({ filter: canvas.blur(13), opacity: 0.42 }, () => {
    for (const [x, y, length, angle, seed] of [
      [1150, 1500, 1250, -36, 1],
      [700, 1650, 1150, -8, 2],
      [1300, 900, 1000, -62, 3],
    ] as const) {
      drawSprig(canvas, { x, y, length, angle, seed, fill: '#6b2b3f' });
    }
  });
  canvas.group({ filter: canvas.blur(4), opacity: 0.3 }, () => {
    drawSprig(canvas, { x: 150, y: 1560, length: 900, angle: 24, seed: 6, fill: '#5B2A4E' });
  });
  return canvas;
}

/** The herbarium: line work on ivory. */
export function drawHerbarium(): Canvas {
  const canvas = createCanvas(1200, 1600);
  drawBackdrop(canvas, brand.paper);
  const lines = [
    [330, 1340, 980, -6, 21, sage],
    [640, 1400, 1120, 4, 22, plum],
    [930, 1330, 900, 10, 23, gilt],
  ] as const;
  for (const [x, y, length, angle, seed, fill] of lines)
    drawSprig(canvas, { x, y, length, angle, seed, fill, line: 3.2 });
  letter(canvas, {
    text: 'Salvia · Rosa · Mimosa',
    face: brand.displayItalic,
    size: 54,
    x: 600,
    y: 1500,
    fill: plum,
    anchor: 'middle',
  });
  canvas.add('rect', {
    x: 60,
    y: 60,
    width: 1080,
    height: 1480,
    fill: 'none',
    stroke: plum,
    'stroke-width': 2,
    opacity: 0.5,
  });
  return canvas;
}

/** Falling petals on plum. */
export function drawPetals(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawBackdrop(
    canvas,
    canvas.radial(
      [
        [0, '#8a4a75'],
        [1, '#3d1836'],
      ],
      [0.4, 0.35, 0.9],
    ),
  );
  const random = createRandom(17);
  for (const [count, size, blur, opacity] of [
    [16, 90, 9, 0.55],
    [26, 46, 2.2, 0.85],
    [14, 64, 0.6, 1],
  ] as const) {
    canvas.group({ filter: canvas.blur(blur), opacity }, () => {
      for (let petal = 0; petal < count; petal += 1) {
        const fill = canvas.radial(
          [
            [0, '#fff3ee'],
            [0.5, '#f3c9c4'],
            [1, '#cf7f92'],
          ],
          [0.5, 0.8, 0.9],
        );
        const s = size * random.between(0.7, 1.3);
        canvas.add('path', {
          d: `M0 0C${s * 0.8} ${-s * 0.3} ${s * 0.6} ${-s * 1.2} 0 ${-s * 1.05}C${-s * 0.6} ${-s * 1.2} ${-s * 0.8} ${-s * 0.3} 0 0Z`,
          fill,
          transform: `translate(${random.between(0, 1600)} ${random.between(0, 960)}) rotate(${random.between(0, 360)}) scale(1 ${random.between(0.45, 1)})`,
        });
      }
    });
  }
  drawVignette(canvas, 0.4, '#1c0718');
  return canvas;
}

export function drawPoster(): Canvas {
  const canvas = createCanvas(1000, 1400);
  drawBackdrop(
    canvas,
    canvas.linear([
      [0, blush],
      [1, '#e7bdb4'],
    ]),
  );
  drawArch(canvas, 500, 1120, 620, 860, '#d99a95');
  canvas.group({ filter: canvas.blur(5), opacity: 0.35 }, () =>
    drawSprig(canvas, { x: 240, y: 1110, length: 640, angle: 24, seed: 9, fill: plum }),
  );
  drawPlinth(canvas, { x: 500, y: 1150, height: 60 }, 260, '#ecc4b8');
  drawPerfume(canvas, { x: 500, y: 1095, height: 470 }, '#c9737f', plum);
  letter(canvas, {
    text: 'The garden,',
    face: brand.display,
    size: 128,
    x: 500,
    y: 170,
    fill: plum,
    anchor: 'middle',
  });
  letter(canvas, {
    text: 'distilled.',
    face: brand.displayItalic,
    size: 128,
    x: 500,
    y: 268,
    fill: plum,
    anchor: 'middle',
  });
  letter(canvas, {
    text: 'MAISON ORIEL',
    face: brand.text,
    size: 24,
    x: 500,
    y: 1330,
    fill: plum,
    anchor: 'middle',
    tracking: 0.42,
  });
  return canvas;
}

export function drawEndFrame(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawSilk(canvas, 9, ['#f6e3db', '#e6b9ae']);
  canvas.add('rect', { width: 1600, height: 900, fill: brand.paper, opacity: 0.55 });
  brand.drawMark(canvas, { x: 800, y: 320, size: 380, color: plum });
  brand.drawName(canvas, { x: 800, y: 670, size: 120, color: plum });
  return canvas;
}

/** Tiles for tissue paper and ribbons. */
export function drawTissue(): Canvas {
  const canvas = createCanvas(1200, 1200);
  drawBackdrop(canvas, '#8fa892');
  for (let row = -1; row < 7; row += 1) {
    for (let column = -1; column < 7; column += 1) {
      const x = column * 200 + (row % 2 === 0 ? 0 : 100);
      drawSprig(canvas, {
        x,
        y: row * 200 + 90,
        length: 190,
        angle: (row + column) % 2 === 0 ? 26 : -26,
        seed: 30 + ((row + column) & 3),
        fill: (row * 3 + column) % 5 === 0 ? '#f0d79a' : '#e9efe6',
        opacity: 0.9,
      });
    }
  }
  return canvas;
}
