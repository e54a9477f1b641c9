import type { Sandbox } from '../sandbox/create-sandbox.ts';
import type { PictureSize, SentPicture } from '../sandbox/protocol.ts';

/** A picture that was made, as WebP. */
export interface MadePicture {
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Base64; with `thumb` only. */
  readonly thumbhash: string | null;
}

export interface PictureOrder {
  /** JPEG, PNG, WebP or GIF; the bytes say which. */
  readonly path: string;
  /** `thumb`: at most 320 px on its longer edge, with a thumbhash; `large`: at most 1280 px. */
  readonly sizes: readonly PictureSize[];
}

/**
 * The sizes of a raster picture, in the order asked for, from one decoding: never enlarged, turned as its EXIF says, in
 * sRGB, without metadata except the rights. Fails as `Sandbox.run` does.
 */
export async function makePictures(sandbox: Sandbox, order: PictureOrder): Promise<MadePicture[]> {
  const { pictures } = await sandbox.run({ task: 'picture', ...order });
  return pictures.map(receivePicture);
}

/** A picture as it came out of the sandbox, checked there by its reader. */
export function receivePicture({ webp, width, height, thumbhash }: SentPicture): MadePicture {
  return { bytes: Buffer.from(webp, 'base64'), width, height, thumbhash };
}
