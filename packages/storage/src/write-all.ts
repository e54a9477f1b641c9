import type { OpenFile } from './file-system.ts';

/** Writes every byte of `buffers`, behind what was written before unless a position is named; a short write is continued. */
export async function writeAll(
  file: OpenFile,
  buffers: readonly Uint8Array[],
  position?: number,
): Promise<void> {
  let rest = buffers;
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, at);
    rest = after(rest, bytesWritten);
    if (at !== undefined) at += bytesWritten;
  }
}

function after(buffers: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let skip = bytes;
  for (const [index, buffer] of buffers.entries()) {
    if (skip < buffer.byteLength) return [buffer.subarray(skip), ...buffers.slice(index + 1)];
    skip -= buffer.byteLength;
  }
  return [];
}
