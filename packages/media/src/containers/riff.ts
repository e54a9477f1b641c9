import type { ByteSource } from '../byte-source.ts';

/** One chunk of a RIFF file; `end` is without the padding byte. A LIST has a type of its own, and its body starts behind it. */
export interface RiffChunk {
  readonly id: string;
  readonly listType: string | null;
  readonly start: number;
  readonly body: number;
  readonly size: number;
  readonly end: number;
  /** Where the next chunk starts. */
  readonly next: number;
}

/** The chunk at an offset, or null when fewer than 8 bytes are left. */
export async function readRiffChunk(source: ByteSource, start: number): Promise<RiffChunk | null> {
  const head = await source.read(start, 12);
  if (head.length < 8) return null;
  const id = head.toString('latin1', 0, 4);
  const size = head.readUInt32LE(4);
  const list = (id === 'LIST' || id === 'RIFF') && head.length === 12;
  const end = start + 8 + size;
  return {
    id,
    listType: list ? head.toString('latin1', 8, 12) : null,
    start,
    body: start + (list ? 12 : 8),
    size,
    end,
    next: end + (size % 2),
  };
}
