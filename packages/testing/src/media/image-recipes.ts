import { writeFile } from 'node:fs/promises';
import type { FormatOf } from '@vitrine/schema';
import type { MediaRecipe } from './media-recipe.ts';
import { picture } from './picture.ts';
import { runFfmpeg } from './tools.ts';

type ImageFormat = FormatOf<'image'>;
type Write = (path: string) => Promise<unknown>;

function image(
  format: ImageFormat,
  variant: string,
  { size, write }: { size: readonly [width: number, height: number]; write: Write },
): MediaRecipe {
  const [width, height] = size;
  return {
    variant,
    facts: { type: 'image', format, width, height },
    make: async (path) => void (await write(path)),
  };
}

const jpegs = (format: 'jpg' | 'jpeg'): MediaRecipe[] => [
  image(format, 'baseline', { size: [160, 100], write: (path) => picture(160, 100).jpeg().toFile(path) }),
  // Stored lying, shown standing: as a telephone held upright takes it.
  image(format, 'exif-rotated', {
    size: [100, 160],
    write: (path) => picture(160, 100).withMetadata({ orientation: 6 }).jpeg().toFile(path),
  }),
  image(format, 'exif-upside-down', {
    size: [120, 90],
    write: (path) => picture(120, 90).withMetadata({ orientation: 3 }).jpeg().toFile(path),
  }),
  image(format, 'progressive', {
    size: [131, 77],
    write: (path) => picture(131, 77).jpeg({ progressive: true }).toFile(path),
  }),
  image(format, 'cmyk', {
    size: [90, 60],
    write: (path) => picture(90, 60).toColourspace('cmyk').jpeg().toFile(path),
  }),
  image(format, 'grey', { size: [64, 65], write: (path) => picture(64, 65).greyscale().jpeg().toFile(path) }),
];

const pngs: MediaRecipe[] = [
  image('png', 'rgb', { size: [160, 100], write: (path) => picture(160, 100).png().toFile(path) }),
  image('png', '16-bit-interlaced', {
    size: [57, 43],
    write: (path) => picture(57, 43, 4).toColourspace('rgb16').png({ progressive: true }).toFile(path),
  }),
  image('png', 'palette', {
    size: [40, 41],
    write: (path) => picture(40, 41).png({ palette: true, colours: 16 }).toFile(path),
  }),
  image('png', 'exif-rotated', {
    size: [100, 160],
    write: (path) => picture(160, 100).withMetadata({ orientation: 8 }).png().toFile(path),
  }),
  image('png', 'animated', {
    size: [64, 48],
    write: (path) =>
      runFfmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=1', '-plays', '0', '-f', 'apng', path]),
  }),
];

const webps: MediaRecipe[] = [
  image('webp', 'lossy', { size: [160, 100], write: (path) => picture(160, 100).webp().toFile(path) }),
  image('webp', 'lossless', {
    size: [61, 37],
    write: (path) => picture(61, 37, 4).webp({ lossless: true }).toFile(path),
  }),
  image('webp', 'exif-rotated', {
    size: [100, 160],
    write: (path) => picture(160, 100).withMetadata({ orientation: 6 }).webp().toFile(path),
  }),
  image('webp', 'animated', {
    size: [64, 48],
    write: (path) =>
      runFfmpeg([
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=64x48:r=5:d=1',
        '-c:v',
        'libwebp_anim',
        '-loop',
        '0',
        path,
      ]),
  }),
];

const gifs: MediaRecipe[] = [
  image('gif', 'still', { size: [90, 70], write: (path) => picture(90, 70).gif().toFile(path) }),
  image('gif', 'animated', {
    size: [64, 48],
    write: (path) => runFfmpeg(['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=1', path]),
  }),
];

const drawing = '<circle cx="5" cy="5" r="4" fill="#0a7"/><path d="M1 1 9 9" stroke="#222"/>';
const xmlns = 'xmlns="http://www.w3.org/2000/svg"';
const svg = (variant: string, size: readonly [number, number], text: string): MediaRecipe =>
  image('svg', variant, { size, write: (path) => writeFile(path, text) });

const svgs: MediaRecipe[] = [
  svg('pixels', [120, 80], `<svg ${xmlns} width="120" height="80px">${drawing}</svg>\n`),
  // 25.4 mm are one inch, which is 96 px; 72 pt as well.
  svg(
    'units',
    [96, 96],
    `<?xml version="1.0"?>\n<svg ${xmlns} width="25.4mm" height="72pt">${drawing}</svg>\n`,
  ),
  svg('view-box', [300, 150], `<svg ${xmlns} viewBox="-10,0 300 150">${drawing}</svg>\n`),
  svg(
    'percent',
    [64, 32],
    `<!-- Drawn by hand -->\n<svg ${xmlns} width="100%" height="100%" viewBox="0 0 64 32">${drawing}</svg>\n`,
  ),
  svg('proportion', [200, 50], `<svg ${xmlns} width="200" viewBox="0 0 40 10">${drawing}</svg>\n`),
  svg(
    'entities',
    [32, 16],
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ' +
      '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>\n' +
      `<svg:svg xmlns:svg="&ns_svg;" width="32" height="16"/>\n`,
  ),
];

export const imageRecipes: Record<ImageFormat, MediaRecipe[]> = {
  jpg: jpegs('jpg'),
  jpeg: jpegs('jpeg'),
  png: pngs,
  webp: webps,
  gif: gifs,
  svg: svgs,
};
