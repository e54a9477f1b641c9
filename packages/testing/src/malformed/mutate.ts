import type { SeededRandom } from './seeded-random.ts';

/** How a file is damaged. */
export const mutations = [
  'header flip',
  'byte flips',
  'truncation',
  'splice',
  'length field',
  'run of one byte',
  'repeated part',
  'swapped parts',
] as const;
export type Mutation = (typeof mutations)[number];

const headerBytes = 64;
/** What makes a length a lie: nothing, a little, far too much, and below zero. */
const lengths = [0, 1, 7, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff];

function part(random: SeededRandom, size: number): { start: number; end: number } {
  const start = random.below(size);
  return { start, end: Math.min(size, start + 1 + random.below(Math.max(1, size >> 2))) };
}

function flip(bytes: Buffer, random: SeededRandom, within: number, times: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let turn = 0; turn < times; turn += 1) {
    const at = random.below(Math.min(within, copy.length));
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  }
  return copy;
}

/** A damaged copy; `other` is another file that a splice takes its part from. */
export function mutate(
  bytes: Buffer,
  mutation: Mutation,
  { random, other }: { readonly random: SeededRandom; readonly other: Buffer },
): Buffer {
  const { start, end } = part(random, bytes.length);
  switch (mutation) {
    case 'header flip':
      return flip(bytes, random, headerBytes, 1 + random.below(4));
    case 'byte flips':
      return flip(bytes, random, bytes.length, 1 + random.below(64));
    case 'truncation':
      return bytes.subarray(0, 1 + random.below(bytes.length));
    case 'splice': {
      const from = part(random, other.length);
      return Buffer.concat([
        bytes.subarray(0, start),
        other.subarray(from.start, from.end),
        bytes.subarray(random.below(2) === 0 ? start : end),
      ]);
    }
    case 'length field': {
      const copy = Buffer.from(bytes);
      // Lengths stand near the beginning of their part; both orders of bytes occur.
      const at = random.below(
        Math.max(1, Math.min(copy.length, random.below(2) === 0 ? 256 : copy.length) - 4),
      );
      const length = random.pick(lengths);
      if (copy.length < 4) return copy;
      if (random.below(2) === 0) copy.writeUInt32BE(length, at);
      else copy.writeUInt32LE(length, at);
      return copy;
    }
    case 'run of one byte': {
      const copy = Buffer.from(bytes);
      copy.fill(random.pick([0x00, 0xff, 0x20, 0x41]), start, end);
      return copy;
    }
    case 'repeated part':
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end)]);
    case 'swapped parts':
      return Buffer.concat([bytes.subarray(start, end), bytes.subarray(0, start), bytes.subarray(end)]);
    default:
      return mutation satisfies never;
  }
}
