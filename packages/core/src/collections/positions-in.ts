/** Between neighbours that were put one behind the other. Twenty assets fit into the same place one after the other, each in half of what is left. */
const spacing = 2 ** 20;
/** Far from both ends, so that a list grows at its front as well as at its back. */
const middle = 2 ** 51;
const last = 2 ** 52;

interface Gap {
  /** The position before and the one behind; null: there is none. */
  readonly lower: number | null;
  readonly upper: number | null;
}

const inSteps = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => first + index * spacing);

/**
 * So many positions in a gap, ascending, all of them whole, not negative and other than its ends. Null when they do not fit: then the
 * list is to be numbered anew.
 */
export function positionsIn({ lower, upper }: Gap, count: number): number[] | null {
  if (lower === null && upper === null) return inSteps(middle, count);
  if (upper === null) {
    const first = (lower ?? 0) + spacing;
    return first + count * spacing > last ? null : inSteps(first, count);
  }
  if (lower === null) {
    const first = upper - count * spacing;
    return first < 0 ? null : inSteps(first, count);
  }
  const step = (upper - lower) / (count + 1);
  if (step < 1) return null;
  return Array.from({ length: count }, (_, index) => lower + Math.floor(step * (index + 1)));
}

/** Positions for a list that is numbered anew. */
export function positionsOf(count: number): number[] {
  return inSteps(middle, count);
}
