import sharp from 'sharp';
import { ByteSource } from '../../byte-source.ts';
import { missingFact, truncated } from '../../refusal.ts';
import type { RasterFormat } from '../protocol.ts';
import { refuseCutRaster } from './raster-structure.ts';

// Only the four loaders: a file cannot talk libvips into a reader that nobody meant to run.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

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
    throw refusalOf(label, error);
  }
}

function refusalOf(label: string, error: unknown) {
  const reason = error instanceof Error ? error.message : String(error);
  if (/premature end|truncated|unexpected end|end of stream|read error|not enough data|eof/i.test(reason)) {
    return truncated(label, 'its pixels end early');
  }
  return missingFact(label, { fact: 'pixels', why: 'they are damaged', cause: error });
}
