import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

const require = createRequire(import.meta.url);

/** The faces of the sample brands. They come with the dependencies: the machine may have no fonts at all. */
const files = {
  cormorant: '@fontsource/cormorant-garamond/files/cormorant-garamond-latin-500-normal.woff',
  'cormorant-italic': '@fontsource/cormorant-garamond/files/cormorant-garamond-latin-400-italic.woff',
  fraunces: '@fontsource/fraunces/files/fraunces-latin-500-normal.woff',
  'fraunces-italic': '@fontsource/fraunces/files/fraunces-latin-400-italic.woff',
  grotesk: '@fontsource/space-grotesk/files/space-grotesk-latin-700-normal.woff',
  'grotesk-light': '@fontsource/space-grotesk/files/space-grotesk-latin-400-normal.woff',
  jost: '@fontsource/jost/files/jost-latin-400-normal.woff',
  manrope: '@fontsource/manrope/files/manrope-latin-500-normal.woff',
  'manrope-bold': '@fontsource/manrope/files/manrope-latin-800-normal.woff',
} as const;

export type Typeface = keyof typeof files;

export function typefaceBytes(face: Typeface): Buffer {
  return readFileSync(require.resolve(files[face]));
}

function open(face: Typeface) {
  const font = create(typefaceBytes(face));
  if (!('layout' in font)) throw new Error(`${files[face]} is a collection of fonts`);
  return font;
}

const opened = new Map<Typeface, ReturnType<typeof open>>();

/** The opened font; read once. */
export function typeface(face: Typeface): ReturnType<typeof open> {
  const font = opened.get(face) ?? open(face);
  opened.set(face, font);
  return font;
}
