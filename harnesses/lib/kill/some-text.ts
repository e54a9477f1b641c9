import type { SeededRandom } from '../seeded-random.ts';

/** Lengths in bytes: mostly small, some that are written in several pieces, a few that a database keeps in several chunks. */
function someLength(random: SeededRandom): number {
  const kind = random.below(20);
  if (kind < 13) return 1 + random.below(20_000);
  if (kind < 19) return 20_000 + random.below(300_000);
  return 1_000_000 + random.below(1_500_000);
}

/** A text that no other call makes. */
export function someText(random: SeededRandom): Buffer {
  const length = someLength(random);
  const words = `${random.below(2 ** 31)} ${random.below(2 ** 31)}\n`;
  const bytes = Buffer.alloc(Math.max(length, words.length), 'The quick brown fox jumps over the lazy dog. ');
  bytes.write(words);
  return bytes;
}
