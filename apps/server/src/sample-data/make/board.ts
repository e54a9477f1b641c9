import sharp from 'sharp';
import type { Brand } from '../brand.ts';
import { createCanvas } from '../drawing/canvas.ts';
import { mix } from '../drawing/color.ts';
import { letter } from '../drawing/lettering.ts';
import { drawBackdrop } from '../scenes/sky.ts';
import type { Make } from './recipe.ts';

type Box = readonly [left: number, top: number, width: number, height: number];

const size = { width: 2400, height: 1600 };
const boxes: readonly Box[] = [
  [60, 60, 760, 980],
  [850, 60, 700, 460],
  [850, 550, 700, 490],
  [1580, 60, 760, 620],
  [60, 1070, 500, 470],
  [1840, 710, 500, 620],
];

function drawGround(brand: Brand): string {
  const canvas = createCanvas(size.width, size.height);
  drawBackdrop(canvas, mix(brand.paper, '#ffffff', 0.4));
  for (const [index, [name, color]] of brand.palette.entries()) {
    const x = 590 + index * 192;
    canvas.add('rect', {
      x,
      y: 1240,
      width: 172,
      height: 232,
      fill: color,
      stroke: brand.ink,
      'stroke-opacity': 0.12,
    });
    letter(canvas, { text: name, face: brand.text, size: 25, x, y: 1510, fill: brand.ink });
    letter(canvas, { text: color, face: brand.text, size: 20, x, y: 1540, fill: brand.ink, opacity: 0.6 });
  }
  letter(canvas, {
    text: brand.claim,
    face: brand.displayItalic,
    size: 76,
    x: 590,
    y: 1170,
    fill: brand.ink,
  });
  letter(canvas, { text: 'Aa', face: brand.display, size: 176, x: 1580, y: 900, fill: brand.ink });
  letter(canvas, {
    text: brand.fontNames.join(' + '),
    face: brand.text,
    size: 19,
    x: 1584,
    y: 960,
    fill: brand.ink,
    opacity: 0.7,
  });
  brand.drawMark(canvas, { x: 2090, y: 1440, size: 150, color: brand.ink });
  return canvas.toSvg();
}

/** A moodboard of six of the brand's pictures with its colours and type. */
export function board(
  brand: Brand,
  pictures: readonly [string, string, string, string, string, string],
): Make {
  return {
    needs: pictures,
    async run(target, pathOf) {
      const cuttings = await Promise.all(
        boxes.map(async ([left, top, width, height], index) => ({
          input: await sharp(pathOf(pictures[index] ?? pictures[0]))
            .resize(width, height, { fit: 'cover' })
            .png({ compressionLevel: 1 })
            .toBuffer(),
          left,
          top,
        })),
      );
      await sharp(Buffer.from(drawGround(brand)))
        .composite(cuttings)
        .flatten()
        .jpeg({ quality: 88, force: false })
        .toFile(target);
    },
  };
}
