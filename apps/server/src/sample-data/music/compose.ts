import { createRandom } from '../drawing/random.ts';
import type { Note } from './synthesize.ts';

export interface Piece {
  /** Beats a minute. */
  readonly tempo: number;
  /** Each chord lasts a bar of four beats; its pitches from low to high. */
  readonly chords: readonly (readonly [number, ...number[]])[];
  readonly seconds: number;
  readonly seed: number;
  readonly parts: readonly ('pad' | 'arpeggio' | 'bass' | 'melody' | 'pulse')[];
}

/** Writes a piece out: the chords go round until the time is up. */
export function compose({ tempo, chords, seconds, seed, parts }: Piece): Note[] {
  const random = createRandom(seed);
  const beat = 60 / tempo;
  const notes: Note[] = [];
  for (let bar = 0; bar * beat * 4 < seconds; bar += 1) {
    const at = bar * beat * 4;
    const chord = chords[bar % chords.length] ?? [57, 60, 64];
    if (parts.includes('pad')) {
      for (const [index, pitch] of chord.entries()) {
        notes.push({
          at,
          length: beat * 4,
          pitch,
          gain: 0.09,
          voice: 'pad',
          pan: index / chord.length - 0.4,
        });
      }
    }
    if (parts.includes('bass')) {
      for (const half of [0, 2.5]) {
        notes.push({
          at: at + half * beat,
          length: beat * 1.3,
          pitch: chord[0] - 12,
          gain: 0.24,
          voice: 'bass',
        });
      }
    }
    if (parts.includes('arpeggio')) {
      for (let eighth = 0; eighth < 8; eighth += 1) {
        const rising = [0, 1, 2, 3, 4, 3, 2, 1][eighth] ?? 0;
        const pitch =
          (chord[rising % chord.length] ?? chord[0]) + 12 * (1 + Math.floor(rising / chord.length));
        notes.push({
          at: at + (eighth * beat) / 2,
          length: beat / 2,
          pitch,
          gain: random.between(0.1, 0.16),
          voice: 'pluck',
          pan: eighth % 2 === 0 ? -0.35 : 0.35,
        });
      }
    }
    if (parts.includes('melody')) {
      for (const when of [0, 1.5, 2, 3] as const) {
        if (random.between(0, 1) < 0.25) continue;
        const pitch = random.pick(chord) + 24;
        notes.push({
          at: at + when * beat,
          length: beat,
          pitch,
          gain: 0.14,
          voice: 'bell',
          pan: random.between(-0.3, 0.3),
        });
      }
    }
    if (parts.includes('pulse')) {
      for (let quarter = 0; quarter < 4; quarter += 1) {
        notes.push({ at: at + quarter * beat, length: 0.1, pitch: 36, gain: 0.3, voice: 'pluck' });
      }
    }
  }
  return notes;
}
