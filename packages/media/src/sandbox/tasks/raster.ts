import { ByteSource } from '../../byte-source.ts';
import type { RasterFormat } from '../protocol.ts';
import { sharp } from './confined-sharp.ts';
import { rasterRefusal } from './raster-refusal.ts';
import { refuseCutRaster } from './raster-structure.ts';

/** Above it only the structure is checked: decoding would take longer than a sandbox process has. */
const mostDecodedPixels = 0x3fff * 0x3fff;

/**
 * Width and height as displayed, orientation applied. The pixels are decoded once, since a picture that was cut still has
 * a whole header.
 */
export async function readRaster(
  path: string,
  format: RasterFormat,
): Promise<{ width: number; height: number }> {
  const label = format.toUpperCase();
  await using source = await ByteSource.open(path, Number.POSITIVE_INFINITY);
  await refuseCutRaster(source, format);
  const options = {
    failOn: 'error',
    limitInputPixels: false,
    sequentialRead: true,
    unlimited: true,
  } as const;
  try {
    const metadata = await sharp(path, options).metadata();
    const { width, height } = metadata.autoOrient;
    if (width * height <= mostDecodedPixels) {
      await sharp(path, options).resize(16, 16, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer();
    }
    return { width, height };
  } catch (error) {
    throw rasterRefusal(label, error);
  }
}
