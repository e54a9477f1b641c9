import { writeFile } from 'node:fs/promises';
import type { Make } from './recipe.ts';

/** Plain text, UTF-8. */
export function plainText(lines: readonly string[]): Make {
  return { run: (target) => writeFile(target, `${lines.join('\n')}\n`) };
}
