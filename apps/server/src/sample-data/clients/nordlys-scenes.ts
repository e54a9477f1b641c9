import { type Canvas, createCanvas } from '../drawing/canvas.ts';
import { letter } from '../drawing/lettering.ts';
import { drawAurora } from '../scenes/aurora.ts';
import { drawContours } from '../scenes/contours.ts';
import { drawFlask, drawPlinth } from '../scenes/objects.ts';
import { drawRidges } from '../scenes/ridges.ts';
import { drawBackdrop, drawSky, drawStars, drawSun, drawVignette } from '../scenes/sky.ts';
import { drawTent } from '../scenes/tent.ts';
import { nordlysBrand as brand } from './nordlys-brand.ts';

const night = [
  [0, '#050d1a'],
  [0.45, '#0c2a3d'],
  [0.75, '#17504f'],
  [1, '#0c2a2f'],
] as const;
const curtain = ['#7dffc0', '#3ddc97', '#7c5cff'] as const;

/** The lights over the peaks. */
export function drawNorthernLights(): Canvas {
  const canvas = createCanvas(1500, 1000);
  drawSky(canvas, night);
  drawStars(canvas, 2, 420, 0.75);
  drawAurora(canvas, { seed: 7, colors: curtain, curtains: 3, top: 0.02, bottom: 0.62 });
  drawRidges(canvas, {
    seed: 4,
    from: 0.72,
    to: 0.93,
    count: 4,
    far: '#1f4a52',
    near: '#040b10',
    mist: '#2f7468',
    jagged: 0.9,
    wooded: 2,
  });
  drawVignette(canvas, 0.4);
  return canvas;
}

/** One lamp in the dark. */
export function drawCamp(): Canvas {
  const canvas = createCanvas(1200, 1500);
  drawSky(canvas, [
    [0, '#060b1f'],
    [0.5, '#152a55'],
    [0.74, '#5b4a7d'],
    [0.86, '#c47a6b'],
    [1, '#c47a6b'],
  ]);
  drawStars(canvas, 9, 520, 0.7);
  drawRidges(canvas, {
    seed: 15,
    from: 0.66,
    to: 0.8,
    count: 3,
    far: '#3d3f72',
    near: '#10162e',
    mist: '#7a5a86',
    jagged: 1,
  });
  canvas.add('path', {
    d: 'M-10 1290C300 1200 700 1260 1210 1180L1210 1510L-10 1510Z',
    fill: canvas.linear([
      [0, '#0b1022'],
      [1, '#04060e'],
    ]),
  });
  drawTent(canvas, 560, 1290, 330, brand.accent);
  drawVignette(canvas, 0.35);
  return canvas;
}

/** Blue upon blue in the morning. */
export function drawLayers(): Canvas {
  const canvas = createCanvas(1500, 1000);
  drawSky(canvas, [
    [0, '#8fc3e0'],
    [0.4, '#d7eaf2'],
    [0.7, '#fdf1e2'],
    [1, '#fdf1e2'],
  ]);
  drawSun(canvas, { x: 0.3, y: 0.3, radius: 0.022, color: '#ffffff', glow: '#fff1d6' });
  drawRidges(canvas, {
    seed: 33,
    from: 0.4,
    to: 0.95,
    count: 7,
    far: '#b5d3e3',
    near: '#0f2f45',
    mist: '#eef4f5',
    jagged: 0.8,
    wooded: 2,
  });
  return canvas;
}

/** A mirror of water under the last light. */
export function drawLake(): Canvas {
  const canvas = createCanvas(1600, 900);
  const line = 520;
  const scene = () => {
    canvas.add('rect', {
      x: 0,
      y: 0,
      width: 1600,
      height: line,
      fill: canvas.linear([
        [0, '#2b3a67'],
        [0.45, '#8a5a8c'],
        [0.78, '#f08a6b'],
        [1, '#ffd3a1'],
      ]),
    });
    drawSun(canvas, { x: 0.5, y: 0.5, radius: 0.02, color: '#fff0d0', glow: '#ffb37a' });
    drawRidges(canvas, {
      seed: 51,
      from: 0.44,
      to: 0.55,
      count: 3,
      far: '#8d6591',
      near: '#1c2444',
      mist: '#d9847a',
      jagged: 0.9,
    });
  };
  canvas.clip(`M0 0H1600V${line}H0Z`, scene);
  canvas.clip(`M0 ${line}H1600V900H0Z`, () => {
    canvas.group({ transform: `translate(0 ${line * 2}) scale(1 -1)`, opacity: 0.85 }, () =>
      canvas.clip(`M0 0H1600V${line}H0Z`, scene),
    );
    canvas.add('rect', {
      x: 0,
      y: line,
      width: 1600,
      height: 900 - line,
      fill: canvas.linear([
        [0, '#16204a', 0.12],
        [1, '#0a1030', 0.72],
      ]),
    });
    for (let ripple = 0; ripple < 70; ripple += 1) {
      const t = ripple / 70;
      const y = line + 4 + t ** 1.6 * (900 - line);
      const x = 800 + Math.sin(ripple * 12.9) * 620 * (0.25 + 0.75 * t);
      canvas.add('ellipse', {
        cx: x,
        cy: y,
        rx: 40 + 150 * t * Math.abs(Math.sin(ripple * 3.7)),
        ry: 0.8 + 1.4 * t,
        fill: ripple % 3 === 0 ? '#ffd9b0' : '#ffffff',
        opacity: 0.2,
      });
    }
  });
  drawVignette(canvas, 0.32, '#0a0a25');
  return canvas;
}

/** The flask on a stone, in studio light. */
export function drawFlaskHero(color: string, cap: string, wall: readonly [string, string]): Canvas {
  const canvas = createCanvas(1000, 1250);
  drawBackdrop(
    canvas,
    canvas.radial(
      [
        [0, wall[0]],
        [1, wall[1]],
      ],
      [0.42, 0.4, 0.8],
    ),
  );
  canvas.add('rect', {
    x: 0,
    y: 960,
    width: 1000,
    height: 290,
    fill: canvas.linear([
      [0, '#000000', 0.22],
      [0.3, '#000000', 0.04],
      [1, '#ffffff', 0.06],
    ]),
  });
  drawPlinth(canvas, { x: 500, y: 1090, height: 90 }, 300, wall[0]);
  drawFlask(canvas, { x: 500, y: 1010, height: 800 }, color, cap);
  canvas.group({ transform: 'translate(500 640) rotate(-90)' }, () => {
    letter(canvas, {
      text: 'NORDLYS',
      face: brand.display,
      size: 58,
      x: -20,
      y: 20,
      fill: brand.paper,
      anchor: 'middle',
      tracking: 0.14,
      opacity: 0.92,
    });
  });
  brand.drawMark(canvas, { x: 500, y: 870, size: 62, color: brand.paper });
  drawVignette(canvas, 0.28);
  return canvas;
}

export function drawMap(): Canvas {
  const canvas = createCanvas(1500, 1000);
  drawBackdrop(canvas, brand.ink);
  drawContours(canvas, {
    seed: 6,
    color: '#3d6a7c',
    accent: brand.primary,
    hills: [
      [0.28, 0.55, 0.62],
      [0.86, 0.2, 0.34],
    ],
  });
  return canvas;
}

/** The route as a diagram, in vectors. */
export function drawRoute(): Canvas {
  const canvas = createCanvas(1200, 800);
  drawBackdrop(canvas, brand.paper);
  drawContours(canvas, { seed: 18, color: '#b9d3de', accent: '#8fb9cb', hills: [[0.5, 0.45, 0.6]] });
  const route =
    'M140 660C260 560 250 470 380 450C520 430 500 300 640 290C780 280 800 400 900 360C980 330 1000 220 1060 160';
  canvas.add('path', {
    d: route,
    fill: 'none',
    stroke: '#ffffff',
    'stroke-width': 16,
    'stroke-linecap': 'round',
  });
  canvas.add('path', {
    d: route,
    fill: 'none',
    stroke: brand.accent,
    'stroke-width': 8,
    'stroke-linecap': 'round',
    'stroke-dasharray': '2 16',
  });
  for (const [x, y, text] of [
    [140, 660, 'Vik'],
    [380, 450, 'Storskar hut'],
    [640, 290, 'The saddle'],
    [1060, 160, 'Nordtind 1,420 m'],
  ] as const) {
    canvas.add('circle', { cx: x, cy: y, r: 13, fill: '#ffffff', stroke: brand.ink, 'stroke-width': 6 });
    letter(canvas, {
      text,
      face: brand.display,
      size: 26,
      x: x > 900 ? x - 26 : x + 26,
      y: y + (x > 900 ? -18 : 40),
      fill: brand.ink,
      anchor: x > 900 ? 'end' : 'start',
    });
  }
  return canvas;
}

export function drawPoster(): Canvas {
  const canvas = createCanvas(1000, 1500);
  drawSky(canvas, [
    [0, '#071a2b'],
    [0.5, '#0f4a52'],
    [0.8, '#3aa07f'],
    [1, '#3aa07f'],
  ]);
  drawStars(canvas, 21, 260, 0.5);
  drawAurora(canvas, { seed: 19, colors: curtain, curtains: 2, top: 0.1, bottom: 0.66 });
  drawRidges(canvas, {
    seed: 40,
    from: 0.7,
    to: 0.92,
    count: 4,
    far: '#1c5a5c',
    near: '#05131c',
    mist: '#1f7a6a',
    jagged: 1,
    wooded: 1,
  });
  for (const [index, text] of ['STAY', 'OUT', 'LONGER'].entries()) {
    letter(canvas, {
      text,
      face: brand.display,
      size: 220,
      x: 70,
      y: 270 + index * 196,
      fill: brand.paper,
      tracking: -0.03,
    });
  }
  drawTent(canvas, 690, 1330, 150, brand.accent);
  letter(canvas, {
    text: 'NORDLYS OUTDOOR',
    face: brand.text,
    size: 24,
    x: 70,
    y: 1430,
    fill: brand.paper,
    tracking: 0.3,
  });
  return canvas;
}

/** A look through morning fog. */
export function drawForest(): Canvas {
  const canvas = createCanvas(1600, 1067);
  drawSky(canvas, [
    [0, '#b9c7c5'],
    [0.6, '#e8ece6'],
    [1, '#d5ddd6'],
  ]);
  drawRidges(canvas, {
    seed: 77,
    from: 0.36,
    to: 1.02,
    count: 8,
    far: '#c3d0cc',
    near: '#122622',
    mist: '#e9eee9',
    jagged: 0.15,
    wooded: 7,
  });
  drawVignette(canvas, 0.25, '#0a1a18');
  return canvas;
}

export function drawEndFrame(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawBackdrop(
    canvas,
    canvas.linear(
      [
        [0, '#0b1d2a'],
        [1, '#0f4a4a'],
      ],
      [0, 0, 1, 1],
    ),
  );
  drawAurora(canvas, { seed: 3, colors: curtain, curtains: 2, top: 0.2, bottom: 1.05 });
  canvas.add('rect', { width: 1600, height: 900, fill: brand.ink, opacity: 0.55 });
  brand.drawMark(canvas, { x: 800, y: 330, size: 220, color: brand.primary });
  brand.drawName(canvas, { x: 800, y: 610, size: 130, color: brand.paper });
  letter(canvas, {
    text: brand.claim,
    face: brand.displayItalic,
    size: 38,
    x: 800,
    y: 770,
    fill: '#A7D8F0',
    anchor: 'middle',
  });
  return canvas;
}
