import type { Rendered } from '@vitrine/core';
import type { Preset } from '@vitrine/schema';
import type { MadePicture } from './picture-maker.ts';

/** A picture as the outcome of a preset. */
export function toRendered(preset: Preset, picture: MadePicture): Rendered {
  return { state: 'image', preset, mimeType: 'image/webp', ...picture };
}
