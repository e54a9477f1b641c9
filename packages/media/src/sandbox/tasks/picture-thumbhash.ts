import { rgbaToThumbHash } from 'thumbhash';
import type { Pixels } from './pixels.ts';

/** The hash keeps seven waves to the longer edge, so more pixels than these would change nothing but its cost. */
const longestEdge = 32;
/** So many pixels of a row, and so many rows, are looked at for one of the hash's. */
const samples = 5;

/** The thumbhash of a small picture, as base64. */
export function pictureThumbhash(pixels: Pixels): string {
  const scale = Math.min(1, longestEdge / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const hash = rgbaToThumbHash(width, height, averaged(pixels, { width, height }));
  return Buffer.from(hash).toString('base64');
}

/** RGBA in which each pixel is the mean of samples of those it stands for, the transparent ones counting less. */
function averaged(pixels: Pixels, size: { width: number; height: number }): Uint8Array {
  const { data, channels } = pixels;
  const hasAlpha = channels === 2 || channels === 4;
  const green = channels < 3 ? 0 : 1;
  const blue = channels < 3 ? 0 : 2;
  const rgba = new Uint8Array(size.width * size.height * 4);
  const rowStep = Math.max(1, Math.floor(pixels.height / size.height / samples));
  const columnStep = Math.max(1, Math.floor(pixels.width / size.width / samples));
  for (let y = 0; y < size.height; y++) {
    const top = Math.floor((y * pixels.height) / size.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * pixels.height) / size.height));
    for (let x = 0; x < size.width; x++) {
      const left = Math.floor((x * pixels.width) / size.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * pixels.width) / size.width));
      let [r, g, b, weight, count] = [0, 0, 0, 0, 0];
      for (let row = top; row < bottom; row += rowStep) {
        const end = (row * pixels.width + right) * channels;
        for (let at = (row * pixels.width + left) * channels; at < end; at += channels * columnStep) {
          const alpha = hasAlpha ? (data[at + channels - 1] ?? 0) : 255;
          r += (data[at] ?? 0) * alpha;
          g += (data[at + green] ?? 0) * alpha;
          b += (data[at + blue] ?? 0) * alpha;
          weight += alpha;
          count++;
        }
      }
      const target = (y * size.width + x) * 4;
      const divisor = weight || 1;
      rgba[target] = r / divisor;
      rgba[target + 1] = g / divisor;
      rgba[target + 2] = b / divisor;
      rgba[target + 3] = weight / count;
    }
  }
  return rgba;
}
