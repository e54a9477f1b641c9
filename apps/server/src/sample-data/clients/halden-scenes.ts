import { type Canvas, createCanvas } from '../drawing/canvas.ts';
import { letter } from '../drawing/lettering.ts';
import { drawBeans } from '../scenes/beans.ts';
import { drawLatte } from '../scenes/latte.ts';
import { drawCup, drawPouch } from '../scenes/objects.ts';
import { drawRidges } from '../scenes/ridges.ts';
import { drawRoom } from '../scenes/room.ts';
import { drawBackdrop, drawSky, drawSun, drawVignette } from '../scenes/sky.ts';
import { drawSmoke } from '../scenes/smoke.ts';
import { haldenBrand as brand } from './halden-brand.ts';

function drawLabel(
  canvas: Canvas,
  x: number,
  y: number,
  height: number,
  lines: readonly [string, string],
  color: string,
): void {
  brand.drawMark(canvas, { x, y: y - height * 0.585, size: height * 0.12, color });
  letter(canvas, {
    text: 'Halden',
    face: brand.display,
    size: height * 0.066,
    x,
    y: y - height * 0.455,
    fill: brand.ink,
    anchor: 'middle',
  });
  letter(canvas, {
    text: lines[0],
    face: brand.displayItalic,
    size: height * 0.04,
    x,
    y: y - height * 0.385,
    fill: color,
    anchor: 'middle',
  });
  canvas.add('rect', {
    x: x - height * 0.1,
    y: y - height * 0.355,
    width: height * 0.2,
    height: height * 0.0025,
    fill: brand.ink,
    opacity: 0.5,
  });
  letter(canvas, {
    text: lines[1],
    face: brand.text,
    size: height * 0.0185,
    x,
    y: y - height * 0.32,
    fill: brand.ink,
    anchor: 'middle',
    tracking: 0.18,
  });
  letter(canvas, {
    text: '250 G',
    face: brand.text,
    size: height * 0.0185,
    x,
    y: y - height * 0.258,
    fill: brand.ink,
    anchor: 'middle',
    tracking: 0.18,
  });
}

/** The winter roast on a table by the window. */
export function drawHero(): Canvas {
  const canvas = createCanvas(1200, 1500);
  drawRoom(canvas, { wall: '#d98f62', table: '#8a4f30', edge: 0.72, window: true });
  drawPouch(canvas, { x: 500, y: 1235, height: 860 }, '#3a241a', '#f3e6d2');
  drawLabel(canvas, 500, 1235, 860, ['Winter Roast', 'PLUM · CACAO · CLOVE'], brand.primary);
  drawCup(canvas, { x: 900, y: 1330, height: 190 }, '#f1e4d0');
  drawSmoke(canvas, { seed: 5, x: 900, y: 1150, height: 520, color: '#fff3e2', opacity: 0.6, spread: 0.16 });
  drawVignette(canvas, 0.42, '#2a0f05');
  return canvas;
}

/** Three roasts side by side. */
export function drawRange(): Canvas {
  const canvas = createCanvas(1500, 1000);
  drawRoom(canvas, { wall: '#e6d3b6', table: '#c9a67a', edge: 0.74 });
  const pouches = [
    [390, 800, 560, '#5e7a66', ['Highland', 'PEAR · HONEY · HAY']],
    [1110, 800, 560, '#c8552b', ['Ember', 'FIG · TOFFEE · SMOKE']],
    [750, 850, 640, '#3a241a', ['Winter Roast', 'PLUM · CACAO · CLOVE']],
  ] as const;
  for (const [x, y, height, color, lines] of pouches) {
    drawPouch(canvas, { x, y, height }, color, '#f6ecdb');
    drawLabel(canvas, x, y, height, lines, color);
  }
  drawVignette(canvas, 0.26, '#3b2010');
  return canvas;
}

export function drawFlatWhite(): Canvas {
  const canvas = createCanvas(1200, 1200);
  drawLatte(canvas, '#6d4630', '#efe3d3');
  return canvas;
}

/** First light over the farms. */
export function drawHighlands(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawSky(canvas, [
    [0, '#6d7ba0'],
    [0.28, '#c99a98'],
    [0.5, '#f4b27a'],
    [0.68, '#fde3b0'],
    [1, '#fde3b0'],
  ]);
  drawSun(canvas, { x: 0.66, y: 0.47, radius: 0.026, color: '#fff6df', glow: '#ffd28a' });
  drawRidges(canvas, {
    seed: 21,
    from: 0.5,
    to: 0.98,
    count: 7,
    far: '#cf9a86',
    near: '#2f2a24',
    mist: '#fbd9a8',
    jagged: 0.1,
    wooded: 1,
  });
  return canvas;
}

/** A cup in the dark, for type on top. */
export function drawSteam(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawBackdrop(
    canvas,
    canvas.radial(
      [
        [0, '#7a3a1c'],
        [0.4, '#3d1d10'],
        [1, '#150a06'],
      ],
      [0.3, 0.62, 0.85],
    ),
  );
  drawSmoke(canvas, { seed: 12, x: 480, y: 770, height: 720, color: '#f8d9b5', opacity: 0.95, spread: 0.2 });
  drawCup(canvas, { x: 480, y: 850, height: 150 }, '#c8552b', '#2a130a');
  drawVignette(canvas, 0.6);
  return canvas;
}

export function drawBeanPattern(): Canvas {
  const canvas = createCanvas(1200, 1200);
  drawBeans(canvas, 3, '#E9C79B', ['#6b3a20', '#8a4b2a', '#4a2817', '#a85c33']);
  return canvas;
}

export function drawPoster(): Canvas {
  const canvas = createCanvas(1000, 1400);
  drawBackdrop(canvas, '#f0dcbc');
  const sun = canvas.linear([
    [0, '#e3793f'],
    [1, '#c8552b'],
  ]);
  canvas.add('circle', { cx: 500, cy: 770, r: 320, fill: sun });
  for (let band = 0; band < 6; band += 1) {
    canvas.add('rect', { x: 150, y: 800 + band * 48, width: 700, height: 6 + band * 5, fill: '#f0dcbc' });
  }
  drawRidges(canvas, {
    seed: 8,
    from: 0.76,
    to: 0.9,
    count: 4,
    far: '#b7683f',
    near: '#2B1B14',
    mist: '#b7683f',
    jagged: 0,
  });
  letter(canvas, {
    text: 'Slow',
    face: brand.display,
    size: 236,
    x: 500,
    y: 250,
    fill: brand.ink,
    anchor: 'middle',
    tracking: -0.02,
  });
  letter(canvas, {
    text: 'mornings',
    face: brand.displayItalic,
    size: 186,
    x: 500,
    y: 390,
    fill: brand.ink,
    anchor: 'middle',
    tracking: -0.01,
  });
  brand.drawMark(canvas, { x: 500, y: 1230, size: 96, color: '#f0dcbc' });
  letter(canvas, {
    text: 'HALDEN · THE WINTER ROAST',
    face: brand.text,
    size: 22,
    x: 500,
    y: 1330,
    fill: '#f0dcbc',
    anchor: 'middle',
    tracking: 0.3,
  });
  return canvas;
}

/** The last frame of every film. */
export function drawEndFrame(): Canvas {
  const canvas = createCanvas(1600, 900);
  drawBackdrop(
    canvas,
    canvas.radial(
      [
        [0, '#d9673a'],
        [1, '#a53f1c'],
      ],
      [0.5, 0.4, 0.8],
    ),
  );
  brand.drawMark(canvas, { x: 800, y: 320, size: 250, color: brand.paper });
  brand.drawName(canvas, { x: 800, y: 600, size: 130, color: brand.paper });
  letter(canvas, {
    text: brand.claim,
    face: brand.displayItalic,
    size: 40,
    x: 800,
    y: 780,
    fill: brand.accent,
    anchor: 'middle',
  });
  return canvas;
}

/** A square for the feed. */
export function drawSocial(): Canvas {
  const canvas = createCanvas(1080, 1080);
  drawBackdrop(canvas, brand.palette[4]?.[1] ?? brand.ink);
  canvas.add('circle', {
    cx: 540,
    cy: 620,
    r: 360,
    fill: canvas.radial([
      [0, '#f2d9ae'],
      [1, '#e0b581'],
    ]),
  });
  drawCup(canvas, { x: 540, y: 830, height: 300 }, '#f6ede0');
  drawSmoke(canvas, { seed: 31, x: 540, y: 545, height: 270, color: '#ffffff', opacity: 0.75, spread: 0.15 });
  letter(canvas, {
    text: 'Take the long way',
    face: brand.display,
    size: 84,
    x: 540,
    y: 130,
    fill: brand.paper,
    anchor: 'middle',
  });
  letter(canvas, {
    text: 'to your first cup.',
    face: brand.displayItalic,
    size: 84,
    x: 540,
    y: 222,
    fill: brand.accent,
    anchor: 'middle',
  });
  return canvas;
}

/** One step of the sun coming up over the hills; `t` from 0 to 1 and back to its beginning. */
export function drawSunLoop(t: number): Canvas {
  const canvas = createCanvas(640, 640);
  const up = 0.5 - 0.5 * Math.cos(t * Math.PI * 2);
  drawBackdrop(canvas, '#f6ede0');
  canvas.add('circle', { cx: 320, cy: 430 - 170 * up, r: 120, fill: '#c8552b' });
  for (let ray = 0; ray < 24; ray += 1) {
    canvas.add('rect', {
      x: 317,
      y: 430 - 170 * up - 190,
      width: 6,
      height: 38,
      rx: 3,
      fill: '#e9a06a',
      opacity: up,
      transform: `rotate(${ray * 15 + t * 60} 320 ${430 - 170 * up})`,
    });
  }
  for (const [layer, color] of ['#e9c79b', '#8a5a3a', '#2b1b14'].entries()) {
    const y = 440 + layer * 62;
    const shift = Math.sin(t * Math.PI * 2 + layer) * 14;
    canvas.add('path', {
      d: `M-40 ${y}C120 ${y - 60 + shift} 240 ${y + 50 - shift} 360 ${y}C480 ${y - 50 + shift} 560 ${y + 30} 680 ${y - 10}L680 680L-40 680Z`,
      fill: color,
    });
  }
  return canvas;
}
