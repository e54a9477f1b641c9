import { writeFile } from 'node:fs/promises';
import type { Canvas } from '../drawing/canvas.ts';
import type { Make } from './recipe.ts';

/** A drawing as it is, in SVG. */
export function vector(draw: () => Canvas): Make {
  return { run: (target) => writeFile(target, draw().toSvg()) };
}
