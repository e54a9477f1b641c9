import type { Canvas } from './drawing/canvas.ts';
import type { Typeface } from './drawing/typeface.ts';

/** What the drawn pictures, films and documents of one client have in common. */
export interface Brand {
  readonly name: string;
  readonly claim: string;
  readonly ink: string;
  readonly paper: string;
  readonly primary: string;
  readonly accent: string;
  /** Every colour with the name it has in the brand book. */
  readonly palette: readonly (readonly [name: string, color: string])[];
  readonly display: Typeface;
  readonly displayItalic: Typeface;
  readonly text: Typeface;
  readonly fontNames: readonly [display: string, text: string];
  /** The mark alone, about `size` units high, around a middle. */
  readonly drawMark: (canvas: Canvas, at: MarkPlace) => void;
  /** The name beside or below the mark, for logos and end frames; `size` is the lettering's. */
  readonly drawName: (canvas: Canvas, at: MarkPlace) => void;
}

interface MarkPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly color: string;
}
