import { z } from 'zod';

/** A waveform in the shape of BBC's audiowaveform: for each pixel the lowest and the highest sample. */
export const peaksSchema = z
  .strictObject({
    version: z.literal(2),
    channels: z.literal(1),
    sample_rate: z.int().positive().describe('Samples a second of the sound.'),
    samples_per_pixel: z.int().positive(),
    bits: z.literal(8),
    length: z.int().nonnegative().describe('Pixels: pairs in `data`.'),
    data: z.array(z.int().min(-128).max(127)).describe('min, max, min, max …'),
  })
  .meta({ id: 'Peaks' });
export type Peaks = z.output<typeof peaksSchema>;

const headerBytes = 24;
const eightBits = 1;

/** audiowaveform's binary format, version 2, little endian. */
export function writePeaks({
  sample_rate,
  samples_per_pixel,
  data,
}: Omit<Peaks, 'version' | 'channels' | 'bits'>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + data.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 2, true);
  view.setUint32(4, eightBits, true);
  view.setInt32(8, sample_rate, true);
  view.setInt32(12, samples_per_pixel, true);
  view.setUint32(16, data.length / 2, true);
  view.setInt32(20, 1, true);
  bytes.set(Int8Array.from(data), headerBytes);
  return bytes;
}

/** The same as JSON. Throws on bytes that are not of this format. */
export function readPeaks(bytes: Uint8Array): Peaks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < headerBytes || view.getInt32(0, true) !== 2 || view.getUint32(4, true) !== eightBits)
    throw new Error('These are no peaks of version 2 with 8 bits.');
  const data = new Int8Array(bytes.buffer, bytes.byteOffset + headerBytes, bytes.byteLength - headerBytes);
  return peaksSchema.parse({
    version: 2,
    channels: view.getInt32(20, true),
    sample_rate: view.getInt32(8, true),
    samples_per_pixel: view.getInt32(12, true),
    bits: 8,
    length: view.getUint32(16, true),
    data: [...data],
  });
}
