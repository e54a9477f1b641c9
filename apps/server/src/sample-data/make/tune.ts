import { writeFile } from 'node:fs/promises';
import { type Stereo, toWav } from '../music/wav.ts';
import { ffmpeg, reproducible } from './ffmpeg.ts';
import type { Make } from './recipe.ts';

/** A recording as wav, mp3, ogg or m4a. */
export function tune(play: () => Stereo): Make {
  return {
    async run(target) {
      const wav = toWav(play());
      if (target.endsWith('.wav')) await writeFile(target, wav);
      else await ffmpeg(['-i', 'pipe:0', ...reproducible, '-b:a', '160k', target], wav);
    },
  };
}
