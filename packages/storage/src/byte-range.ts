import type { ByteRange } from '@vitrine/core';

/** Refuses a range that does not lie within `size` bytes; every range of an empty blob is outside it. */
export function assertRange({ start, end }: ByteRange, size: number): void {
  const valid = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end;
  if (valid && end < size) return;
  throw new RangeError(`The range ${start}–${end} does not lie within a blob of ${size} bytes.`);
}
