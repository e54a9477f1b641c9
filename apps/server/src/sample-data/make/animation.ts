import sharp from 'sharp';
import type { Canvas } from '../drawing/canvas.ts';
import type { Make } from './recipe.ts';

/** A loop as an animated GIF; `draw` is given the time from 0 up to 1. */
export function animation(draw: (t: number) => Canvas, frames: number): Make {
  return {
    async run(target) {
      const images = await Promise.all(
        Array.from({ length: frames }, (_, frame) =>
          sharp(Buffer.from(draw(frame / frames).toSvg()))
            .png()
            .toBuffer(),
        ),
      );
      await sharp(images, { join: { animated: true } })
        .gif({ delay: images.map(() => 60), loop: 0, effort: 3, colours: 64 })
        .toFile(target);
    },
  };
}
