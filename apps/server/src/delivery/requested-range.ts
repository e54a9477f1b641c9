import type { ByteRange } from '@vitrine/core';
import parseRange from 'range-parser';

export interface RangeRequest {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/**
 * The part of a file that a request asks for: a range, `whole` (no range, one that cannot be read, several, or an
 * `If-Range` that names other bytes), or `unsatisfiable`.
 */
export function requestedRange(
  request: RangeRequest,
  file: { size: number; etag: string; lastModified: string },
): ByteRange | 'whole' | 'unsatisfiable' {
  if (request.range === undefined) return 'whole';
  // Only a strong validator may join bytes from two answers.
  if (
    request.ifRange !== undefined &&
    request.ifRange !== file.etag &&
    request.ifRange !== file.lastModified
  ) {
    return 'whole';
  }
  const ranges = parseRange(file.size, request.range);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return 'whole';
  const [range] = ranges;
  return range ? { start: range.start, end: range.end } : 'whole';
}
