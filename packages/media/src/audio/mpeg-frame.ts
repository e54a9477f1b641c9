/** The header of one MPEG audio frame. */
export interface MpegFrame {
  readonly layer: 1 | 2 | 3;
  readonly mpeg1: boolean;
  readonly sampleRate: number;
  readonly samples: number;
  readonly mono: boolean;
  readonly hasChecksum: boolean;
  /** Bytes with the header; 0 for a free-format frame, whose length the header does not say. */
  readonly length: number;
}

// kbit/s by the header's index, 1 to 14.
const layer1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const layer2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const layer3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const lowLayer1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const lowLayer23 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const bitrates = { high: [layer1, layer2, layer3], low: [lowLayer1, lowLayer23, lowLayer23] };
const sampleRates = [44_100, 48_000, 32_000];

/** The frame header at an offset of some bytes, or null when they are none. */
export function readMpegFrame(bytes: Buffer, at: number): MpegFrame | null {
  if (bytes.length < at + 4) return null;
  const header = bytes.readUInt32BE(at);
  const version = (header >>> 19) & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
  const layerBits = (header >>> 17) & 3;
  const rateIndex = (header >>> 12) & 15;
  const sampleRateIndex = (header >>> 10) & 3;
  const baseRate = sampleRates[sampleRateIndex];
  const synchronised = header >>> 21 === 0x7ff;
  if (!synchronised || version === 1 || layerBits === 0 || rateIndex === 15 || !baseRate) return null;
  const layer = layerBits === 3 ? 1 : layerBits === 2 ? 2 : 3;
  const mpeg1 = version === 3;
  const sampleRate = mpeg1 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4;
  const samples = layer === 1 ? 384 : layer === 3 && !mpeg1 ? 576 : 1152;
  const bitrate = (mpeg1 ? bitrates.high : bitrates.low)[layer - 1]?.[rateIndex - 1] ?? 0;
  const padding = (header >>> 9) & 1;
  const slots = Math.floor((bitrate * 125 * samples) / sampleRate);
  const length = layer === 1 ? (Math.floor((12_000 * bitrate) / sampleRate) + padding) * 4 : slots + padding;
  return {
    layer,
    mpeg1,
    sampleRate,
    samples,
    mono: ((header >>> 6) & 3) === 3,
    hasChecksum: ((header >>> 16) & 1) === 0,
    length: bitrate === 0 ? 0 : length,
  };
}
