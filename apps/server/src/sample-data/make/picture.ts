import sharp, { type Sharp } from 'sharp';
import type { Canvas } from '../drawing/canvas.ts';
import { createRandom } from '../drawing/random.ts';
import type { Make } from './recipe.ts';

export interface PictureOptions {
  /** Pixels. */
  readonly width: number;
  /** How coarse the film is: 0 for none, 10 for a lot. */
  readonly grain?: number;
  /** Keep what is transparent. */
  readonly alpha?: boolean;
  /** Drawn at half the size and enlarged: four times as fast, and nobody sees it where everything is soft and grainy. */
  readonly soft?: boolean;
}

const grainSize = 1 << 16;

/** The same grain for every picture: a table, because a random number for each pixel would take seconds. */
function grainTable(strength: number): Int8Array {
  const random = createRandom(99);
  return Int8Array.from({ length: grainSize }, () =>
    Math.round((random.between(-1, 1) + random.between(-1, 1)) * strength),
  );
}

function addGrain(pixels: Uint8ClampedArray, width: number, strength: number): void {
  const table = grainTable(strength);
  const random = createRandom(7);
  for (let row = 0; row * width * 3 < pixels.length; row += 1) {
    // Every row begins somewhere else in the table, so that no pattern shows.
    let at = Math.floor(random.between(0, grainSize));
    for (let index = row * width * 3; index < (row + 1) * width * 3; index += 3) {
      const grain = table[at] ?? 0;
      at = (at + 1) % grainSize;
      for (let channel = index; channel < index + 3; channel += 1)
        pixels[channel] = (pixels[channel] ?? 0) + grain;
    }
  }
}

/** Pixels without alpha, three bytes each. */
async function pixelsOf(image: Sharp) {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: 3 } } as const;
}

async function photograph(draw: () => Canvas, { width, grain = 0, soft = false }: PictureOptions) {
  let { data, raw } = await pixelsOf(sharp(Buffer.from(draw().toSvg(soft ? width / 2 : width))));
  // In a second step: in one, sharp would draw the vectors in the large size after all.
  if (soft) ({ data, raw } = await pixelsOf(sharp(data, { raw }).resize({ width, kernel: 'cubic' })));
  if (grain > 0) addGrain(new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), raw.width, grain);
  return sharp(data, { raw });
}

/** A drawing as a jpg, png or webp, with the grain of a photograph. */
export function picture(draw: () => Canvas, options: PictureOptions): Make {
  return {
    async run(target) {
      const image = options.alpha
        ? sharp(Buffer.from(draw().toSvg(options.width)))
        : await photograph(draw, options);
      await image
        .jpeg({ quality: 86, force: false })
        .webp({ quality: 84, effort: 2, force: false })
        .png({ compressionLevel: 7, force: false })
        .toFile(target);
    },
  };
}
