import { type Stereo, sampleRate } from './wav.ts';

/** The two lowest resonances of some vowels, in Hz. */
const vowels = {
  a: [730, 1090],
  e: [530, 1840],
  i: [300, 2250],
  o: [570, 840],
  u: [320, 870],
} as const;

export interface Syllable {
  readonly vowel: keyof typeof vowels;
  /** Hz. */
  readonly pitch: number;
  /** Seconds, the pause behind it included. */
  readonly length: number;
}

/** A filter that rings at one frequency (Hz); narrow enough to sound like a mouth. */
function resonator(): (input: number, frequency: number) => number {
  let [last, before] = [0, 0];
  return (input, frequency) => {
    const r = Math.exp((-Math.PI * 90) / sampleRate);
    const out =
      (1 - r) * input + 2 * r * Math.cos((2 * Math.PI * frequency) / sampleRate) * last - r * r * before;
    before = last;
    last = out;
    return out;
  };
}

/** Sings syllables: a buzz, shaped by two resonances that glide from vowel to vowel. */
export function hum(syllables: readonly Syllable[]): Stereo {
  const seconds = syllables.reduce((sum, { length }) => sum + length, 0.4);
  const left = new Float32Array(Math.round(seconds * sampleRate));
  const [first, second] = [resonator(), resonator()];
  let [phase, low, high, pitch, frame] = [0, 600, 1200, 110, 0];
  for (const syllable of syllables) {
    const frames = Math.round(syllable.length * sampleRate);
    const [toLow, toHigh] = vowels[syllable.vowel];
    for (let index = 0; index < frames; index += 1, frame += 1) {
      const t = index / frames;
      low += (toLow - low) * 0.0006;
      high += (toHigh - high) * 0.0006;
      pitch += (syllable.pitch * (1 - 0.06 * t) - pitch) * 0.0012;
      phase = (phase + (pitch * (1 + 0.008 * Math.sin(frame / 1300))) / sampleRate) % 1;
      const buzz = (1 - 2 * phase) * Math.min(1, t * 14) * Math.max(0, Math.min(1, (0.86 - t) * 8));
      left[frame] = first(buzz, low) + 0.6 * second(buzz, high);
    }
  }
  return { left, right: left.slice() };
}
