import { type Stereo, sampleRate } from './wav.ts';

export interface Note {
  /** Seconds. */
  readonly at: number;
  readonly length: number;
  /** In semitones; 69 is the A of 440 Hz. */
  readonly pitch: number;
  readonly gain: number;
  readonly voice: keyof typeof voices;
  /** −1 left to 1 right. */
  readonly pan?: number;
}

/** Each voice is a function of phase (radians), seconds since the note began, and its length. */
const voices = {
  pluck: (phase: number, t: number) =>
    (Math.sin(phase) +
      0.5 * Math.sin(phase * 2) * Math.exp(-t * 5) +
      0.25 * Math.sin(phase * 3) * Math.exp(-t * 9)) *
    Math.exp(-t * 3.2) *
    Math.min(1, t * 300),
  bell: (phase: number, t: number) =>
    Math.sin(phase + 1.6 * Math.sin(phase * 3.5) * Math.exp(-t * 4)) *
    Math.exp(-t * 2.2) *
    Math.min(1, t * 400),
  pad: (phase: number, t: number, length: number) => {
    const swell = Math.min(1, t / 0.9, Math.max(0, (length + 0.8 - t) / 0.8));
    const wide =
      Math.sin(phase) +
      0.6 * Math.sin(phase * 1.004 + 1) +
      0.35 * Math.sin(phase * 2.003) +
      0.12 * Math.sin(phase * 3);
    return wide * swell * (0.85 + 0.15 * Math.sin(t * 3.1));
  },
  bass: (phase: number, t: number, length: number) =>
    (Math.sin(phase) + 0.3 * Math.sin(phase * 2)) *
    Math.min(1, t * 120, Math.max(0, (length + 0.12 - t) / 0.12)) *
    Math.exp(-t * 0.7),
};

const tails = { pluck: 1.4, bell: 2.2, pad: 0.8, bass: 0.12 } as const;

function addNote(out: Stereo, note: Note): void {
  const { at, length, pitch, gain, voice, pan = 0 } = note;
  const sound = voices[voice];
  const step = (2 * Math.PI * 440 * 2 ** ((pitch - 69) / 12)) / sampleRate;
  const start = Math.round(at * sampleRate);
  const end = Math.min(out.left.length, start + Math.round((length + tails[voice]) * sampleRate));
  const [toLeft, toRight] = [gain * Math.min(1, 1 - pan), gain * Math.min(1, 1 + pan)];
  for (let frame = start; frame < end; frame += 1) {
    const since = frame - start;
    const value = sound(since * step, since / sampleRate, length);
    out.left[frame] = (out.left[frame] ?? 0) + value * toLeft;
    out.right[frame] = (out.right[frame] ?? 0) + value * toRight;
  }
}

/** A room: echoes of different lengths that feed themselves, mixed in behind the sound. */
function addRoom(channel: Float32Array, delays: readonly number[], amount: number): void {
  const dry = channel.slice();
  for (const delay of delays) {
    const echo = new Float32Array(delay);
    let muffled = 0;
    for (let frame = 0; frame < dry.length; frame += 1) {
      const at = frame % delay;
      const back = echo[at] ?? 0;
      muffled = back * 0.55 + muffled * 0.45;
      echo[at] = (dry[frame] ?? 0) + muffled * 0.78;
      channel[frame] = (channel[frame] ?? 0) + back * amount;
    }
  }
}

function fadeOut({ left, right }: Stereo, seconds: number): void {
  const frames = Math.round(seconds * sampleRate);
  for (const channel of [left, right]) {
    for (let back = 0; back < Math.min(frames, channel.length); back += 1) {
      const at = channel.length - 1 - back;
      channel[at] = (channel[at] ?? 0) * (back / frames);
    }
  }
}

/** Plays notes in a room; the end fades out. */
export function synthesize(notes: readonly Note[], seconds: number): Stereo {
  const frames = Math.round(seconds * sampleRate);
  const out = { left: new Float32Array(frames), right: new Float32Array(frames) };
  for (const note of notes) addNote(out, note);
  addRoom(out.left, [1687, 1601, 2053, 2251], 0.09);
  addRoom(out.right, [1709, 1583, 2089, 2213], 0.09);
  fadeOut(out, Math.min(1.2, seconds / 4));
  return out;
}
