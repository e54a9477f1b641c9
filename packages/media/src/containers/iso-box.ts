import type { ByteSource } from '../byte-source.ts';
import { truncated } from '../refusal.ts';

/** One box (atom) of an ISO base media or QuickTime file; offsets are absolute. */
export interface IsoBox {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const plausibleType = /^[\x20-\x7e\xa9]{4}$/;

/** The box at an offset, or null where no box can be: too few bytes, an impossible length or an unprintable type. */
export async function readIsoBox(source: ByteSource, start: number, limit: number): Promise<IsoBox | null> {
  if (limit - start < 8) return null;
  const header = await source.read(start, 16);
  if (header.length < 8) return null;
  const type = header.toString('latin1', 4, 8);
  if (!plausibleType.test(type)) return null;
  const size = header.readUInt32BE(0);
  // 0: to the end of what holds it; 1: a 64-bit length follows.
  if (size === 0) return { type, start, body: start + 8, end: limit };
  if (size === 1) {
    if (header.length < 16) return null;
    const long = Number(header.readBigUInt64BE(8));
    return long < 16 ? null : { type, start, body: start + 16, end: start + long };
  }
  return size < 8 ? null : { type, start, body: start + 8, end: start + size };
}

/** The children of a box in order. A child that leaves its parent ends the list: QuickTime pads with zeros. */
export async function childBoxes(
  source: ByteSource,
  parent: { body: number; end: number },
): Promise<IsoBox[]> {
  const children: IsoBox[] = [];
  let offset = parent.body;
  while (offset < parent.end && children.length < mostChildren) {
    const box = await readIsoBox(source, offset, parent.end);
    if (!box || box.end > parent.end) break;
    children.push(box);
    offset = box.end;
  }
  return children;
}

const mostChildren = 4096;

/** The first child of each type. */
export async function childBoxMap(
  source: ByteSource,
  parent: { body: number; end: number } | undefined,
): Promise<Map<string, IsoBox>> {
  const map = new Map<string, IsoBox>();
  if (!parent) return map;
  for (const box of await childBoxes(source, parent)) if (!map.has(box.type)) map.set(box.type, box);
  return map;
}

/** The movie's header and where its fragments start. */
export interface TopLevel {
  readonly moov: IsoBox | null;
  readonly fragmentStarts: readonly number[];
}

/** A live recording of a whole day has fewer; a file of nothing but box headers has more. */
const mostTopLevelBoxes = 2_000_000;

/** Walks the boxes of the top level header by header; one that ends beyond the file makes the file truncated. */
export async function readTopLevel(source: ByteSource, label: string): Promise<TopLevel> {
  const fragmentStarts: number[] = [];
  let moov: IsoBox | null = null;
  let offset = 0;
  for (let count = 0; offset < source.size && count < mostTopLevelBoxes; count++) {
    const box = await readIsoBox(source, offset, source.size);
    if (!box) {
      // Foreign bytes after a complete file (a tag, an appended archive) are no part of it.
      if (moov) break;
      throw truncated(label, "it ends before its header, the 'moov' box");
    }
    if (box.end > source.size) {
      throw truncated(label, `its '${box.type}' box is longer than the file`);
    }
    if (box.type === 'moov') moov ??= box;
    if (box.type === 'moof') fragmentStarts.push(box.start);
    offset = box.end;
  }
  return { moov, fragmentStarts };
}
