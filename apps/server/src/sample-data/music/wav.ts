/** Samples a second. */
export const sampleRate = 44_100;

/** The two channels of a recording, −1 to 1. */
export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A 16-bit PCM file. The loudest moment is brought to just below full scale. */
export function toWav({ left, right }: Stereo): Buffer {
  const frames = left.length;
  const peak = Math.max(
    left.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6),
    right.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6),
  );
  const gain = (0.84 * 32_767) / peak;
  const file = Buffer.alloc(44 + frames * 4);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + frames * 4, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 4, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(frames * 4, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    file.writeInt16LE(Math.round((left[frame] ?? 0) * gain), 44 + frame * 4);
    file.writeInt16LE(Math.round((right[frame] ?? 0) * gain), 46 + frame * 4);
  }
  return file;
}
