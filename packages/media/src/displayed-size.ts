import { missingFact } from './refusal.ts';

export interface CodedPicture {
  readonly width: number;
  readonly height: number;
  /** Width of a pixel divided by its height; 1 for square ones. */
  readonly pixelAspect: number;
  /** A quarter turn exchanges width and height. */
  readonly quarterTurned: boolean;
}

/**
 * The size a player shows, by the rule of the HTML video element's videoWidth and videoHeight: the coded width is
 * stretched by the pixel aspect ratio, the coded height is kept, and a quarter turn then exchanges the two.
 */
export function displayedSize(label: string, picture: CodedPicture): { width: number; height: number } {
  const { pixelAspect, quarterTurned } = picture;
  // A ratio outside of these bounds is a damaged field, not a picture format.
  const aspect = pixelAspect > 1 / 20 && pixelAspect < 20 ? pixelAspect : 1;
  const width = Math.round(picture.width * aspect);
  const height = picture.height;
  if (!(width > 0 && height > 0)) {
    throw missingFact(label, { fact: 'width and height', why: 'its header says none' });
  }
  return quarterTurned ? { width: height, height: width } : { width, height };
}
