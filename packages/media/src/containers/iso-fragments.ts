import type { ByteSource } from '../byte-source.ts';
import { childBoxes, childBoxMap, type IsoBox, readIsoBox } from './iso-box.ts';

/** From where to where a track's fragments reach, in units of its own clock. */
export interface FragmentSpan {
  start: number;
  end: number;
}

/** The span of each track's fragments, by track id; empty when the movie has none. */
export async function readFragments(
  source: ByteSource,
  { moov, fragmentStarts }: { moov: IsoBox; fragmentStarts: readonly number[] },
): Promise<Map<number, FragmentSpan>> {
  const spans = new Map<number, FragmentSpan>();
  const extendsBox = (await childBoxMap(source, moov)).get('mvex');
  if (!extendsBox) return spans;
  const defaults = await readDefaults(source, extendsBox);
  for (const start of fragmentStarts) {
    const box = await readIsoBox(source, start, source.size);
    if (!box) continue;
    for (const fragment of await childBoxes(source, box)) {
      if (fragment.type === 'traf') await addFragment(source, { fragment, defaults, spans });
    }
  }
  return spans;
}

async function readDefaults(source: ByteSource, mvex: IsoBox): Promise<Map<number, number>> {
  const defaults = new Map<number, number>();
  for (const box of await childBoxes(source, mvex)) {
    if (box.type !== 'trex' || box.end - box.body < 24) continue;
    const bytes = await source.exact(box.body, 24);
    defaults.set(bytes.readUInt32BE(4), bytes.readUInt32BE(12));
  }
  return defaults;
}

async function addFragment(
  source: ByteSource,
  options: { fragment: IsoBox; defaults: Map<number, number>; spans: Map<number, FragmentSpan> },
): Promise<void> {
  const children = await childBoxes(source, options.fragment);
  const header = children.find(({ type }) => type === 'tfhd');
  if (!header) return;
  const { id, sampleDuration } = await readFragmentHeader(source, header);
  const fallback = sampleDuration ?? options.defaults.get(id) ?? 0;
  const time = children.find(({ type }) => type === 'tfdt');
  const span = options.spans.get(id);
  const start = time ? await readDecodeTime(source, time) : (span?.end ?? 0);
  let end = start;
  for (const box of children) {
    if (box.type === 'trun') end += await readRunDuration(source, box, fallback);
  }
  options.spans.set(id, {
    start: Math.min(span?.start ?? start, start),
    end: Math.max(span?.end ?? end, end),
  });
}

async function readFragmentHeader(source: ByteSource, box: IsoBox) {
  const bytes = await source.exact(box.body, Math.min(32, box.end - box.body));
  if (bytes.length < 8) return { id: 0, sampleDuration: null };
  const flags = bytes.readUIntBE(1, 3);
  const at = 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const sampleDuration = flags & 0x8 && at + 4 <= bytes.length ? bytes.readUInt32BE(at) : null;
  return { id: bytes.readUInt32BE(4), sampleDuration };
}

async function readDecodeTime(source: ByteSource, box: IsoBox): Promise<number> {
  const long = (await source.exact(box.body, 1)).readUInt8(0) === 1;
  const bytes = await source.exact(box.body + 4, long ? 8 : 4);
  return long ? Number(bytes.readBigUInt64BE(0)) : bytes.readUInt32BE(0);
}

async function readRunDuration(source: ByteSource, box: IsoBox, fallback: number): Promise<number> {
  const head = await source.exact(box.body, 8);
  const flags = head.readUIntBE(1, 3);
  const samples = head.readUInt32BE(4);
  if (!(flags & 0x100)) return samples * fallback;
  const first = box.body + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  const stride = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  const count = Math.min(samples, Math.floor((box.end - first) / stride));
  let sum = 0;
  for (let index = 0; index < count; index++) {
    sum += (await source.exact(first + index * stride, 4)).readUInt32BE(0);
  }
  return sum;
}
