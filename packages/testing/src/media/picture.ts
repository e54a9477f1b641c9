import sharp, { type Sharp } from 'sharp';

/** A picture with something in every row, so that a file of it which was cut has lost some: waves with a little noise. */
export function picture(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  const pixels = Buffer.alloc(width * height * channels);
  let seed = 12_345;
  for (let index = 0; index < pixels.length; index++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    const x = Math.floor(index / channels) % width;
    const y = Math.floor(index / channels / width);
    const wave = 96 * Math.sin(x / 9 + (index % channels)) * Math.cos(y / 7);
    pixels[index] = Math.round(128 + wave + ((seed >>> 24) % 24));
  }
  return sharp(pixels, { raw: { width, height, channels } });
}
