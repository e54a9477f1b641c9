import type { SpriteLayout } from '@vitrine/schema';

/** Which part of a sheet is shown, as CSS says it: percentages, so the tile's own size does not matter. */
export interface SpriteCell {
  readonly backgroundSize: string;
  readonly backgroundPosition: string;
}

/** The frame at a share of the video, 0 to 1. */
export function spriteCell({ columns, rows, count }: SpriteLayout, share: number): SpriteCell {
  const index = Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  const part = (at: number, of: number) => (of > 1 ? (at / (of - 1)) * 100 : 0);
  return {
    backgroundSize: `${columns * 100}% ${rows * 100}%`,
    backgroundPosition: `${part(index % columns, columns)}% ${part(Math.floor(index / columns), rows)}%`,
  };
}
