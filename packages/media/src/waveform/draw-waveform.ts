import { crc32, deflateSync } from 'node:zlib';
import type { Peaks } from '@vitrine/schema';

const width = 320;
const height = 120;
const barWidth = 3;
const step = 5;
/** On white and on black alike. */
const colour = [124, 130, 146] as const;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** How far a bar reaches up and down from the middle, as shares of the loudest. */
function barOf(data: readonly number[], from: number, to: number): { low: number; high: number } {
  let [low, high] = [0, 0];
  for (let pixel = from; pixel < to; pixel += 1) {
    low = Math.min(low, data[pixel * 2] ?? 0);
    high = Math.max(high, data[pixel * 2 + 1] ?? 0);
  }
  return { low: low / 128, high: high / 128 };
}

/** A picture of a waveform as PNG: rounded bars on nothing, as loud as the sound is. */
export function drawWaveform({ data, length }: Pick<Peaks, 'data' | 'length'>): Buffer {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  const middle = height / 2;
  const bars = Math.floor(width / step);
  const paint = (x: number, y: number) => rows.set([...colour, 255], y * (width * 4 + 1) + 1 + x * 4);
  for (let bar = 0; bar < bars; bar += 1) {
    const from = Math.floor((bar * length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * length) / bars));
    const { low, high } = barOf(data, from, Math.min(to, length));
    const top = Math.min(middle - 1, Math.round(middle - high * (middle - 4)));
    const bottom = Math.max(middle + 1, Math.round(middle - low * (middle - 4)));
    for (let y = top; y < bottom; y += 1) {
      const rounded = y === top || y === bottom - 1;
      for (let x = rounded ? 1 : 0; x < (rounded ? barWidth - 1 : barWidth); x += 1)
        paint(bar * step + 1 + x, y);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, colour with alpha.
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
