import type { Sharp } from 'sharp';

/** Decoded pixels, rows from the top, eight bits to the channel: grey, grey + alpha, RGB or RGB + alpha. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** Runs a pipeline of sharp's to its end. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** Whether there is nothing to see: one colour everywhere, or nothing that is not transparent. */
export function isBlank({ data, channels }: Pixels): boolean {
  const hasAlpha = channels === 2 || channels === 4;
  let sameColour = true;
  let transparent = hasAlpha;
  for (let at = 0; at < data.length && (sameColour || transparent); at += channels) {
    if (transparent && data[at + channels - 1] !== 0) transparent = false;
    for (let channel = 0; channel < channels; channel++) {
      if (data[at + channel] !== data[channel]) sameColour = false;
    }
  }
  return sameColour || transparent;
}
