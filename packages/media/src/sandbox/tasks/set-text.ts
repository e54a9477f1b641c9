import { sharp } from './confined-sharp.ts';
import { type Pixels, toPixels } from './pixels.ts';

export interface TextStyle {
  /** Families in order of preference; the font that has a character is found by the system. */
  readonly font: string;
  /** Pixels. */
  readonly size: number;
  /** Between the lines, pixels. */
  readonly leading: number;
  readonly colour: string;
  /** What the lines are broken at, and where the rest is cut, pixels. */
  readonly width: number;
  readonly height: number;
}

/** A block of text on nothing, as small as it can be; null when there is nothing to see. */
export async function setText(text: string, style: TextStyle): Promise<Pixels | null> {
  if (text.trim() === '') return null;
  const block = sharp({
    text: {
      text: `<span foreground="${style.colour}" insert_hyphens="false">${escapeMarkup(text)}</span>`,
      font: `${style.font} ${style.size}`,
      width: style.width,
      spacing: style.leading,
      wrap: 'word-char',
      rgba: true,
      // At this resolution a point is a pixel.
      dpi: 72,
    },
  });
  const pixels = await toPixels(block);
  // Long words without a place to break may still stand out.
  const width = Math.min(pixels.width, style.width);
  const height = Math.min(pixels.height, style.height);
  return width === pixels.width && height === pixels.height
    ? pixels
    : { data: cut(pixels.data, { from: pixels.width, width, height }), width, height, channels: 4 };
}

function cut(
  data: Uint8Array,
  { from, width, height }: { from: number; width: number; height: number },
): Buffer {
  const rows = Array.from({ length: height }, (_, y) => data.subarray(y * from * 4, (y * from + width) * 4));
  return Buffer.concat(rows);
}

const escapeMarkup = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
