import type { ByteSource } from '../byte-source.ts';
import { childBoxes, childBoxMap, type IsoBox } from './iso-box.ts';
import { type Matrix, readMatrix } from './iso-matrix.ts';

/** What the header says about one track. Times are in seconds unless named otherwise. */
export interface IsoTrack {
  readonly id: number;
  readonly kind: 'video' | 'audio' | 'other';
  readonly enabled: boolean;
  /** Ids of the tracks that hold this track's chapter titles and pictures. */
  readonly chapterTracks: readonly number[];
  /** Units per second of the track's own clock. */
  readonly timescale: number;
  /** In units of `timescale`; 0 when the samples are in fragments. */
  readonly mediaDuration: number;
  readonly edits: readonly IsoEdit[];
  readonly matrix: Matrix;
  readonly codedWidth: number;
  readonly codedHeight: number;
  readonly pixelAspect: number;
  readonly sampleTable: Map<string, IsoBox>;
}

interface IsoEdit {
  /** In units of the movie's clock; 0 means up to the end. */
  readonly duration: number;
  /** In units of the track's clock; -1 for an empty edit. */
  readonly mediaTime: number;
}

export async function readIsoTrack(source: ByteSource, trak: IsoBox): Promise<IsoTrack | null> {
  const parts = await childBoxMap(source, trak);
  const media = await childBoxMap(source, parts.get('mdia'));
  const header = media.get('mdhd');
  const trackHeader = parts.get('tkhd');
  if (!header || !trackHeader) return null;
  const information = await childBoxMap(source, media.get('minf'));
  const sampleTable = await childBoxMap(source, information.get('stbl'));
  const kind = await readKind(source, media.get('hdlr'));
  const track = await readTrackHeader(source, trackHeader);
  const picture =
    kind === 'video'
      ? await readPicture(source, sampleTable.get('stsd'))
      : { width: 0, height: 0, pixelAspect: 1 };
  const { timescale, duration } = await readMediaHeader(source, header);
  if (timescale === 0) return null;
  return {
    id: track.id,
    kind,
    enabled: track.enabled,
    chapterTracks: await readChapterTracks(source, parts.get('tref')),
    timescale,
    mediaDuration: duration ?? (await sumOfSampleDurations(source, sampleTable.get('stts'))),
    edits: await readEdits(source, parts.get('edts')),
    matrix: track.matrix,
    // The sample entry has the coded size; the track header repeats it, already stretched to square pixels.
    codedWidth: picture.width || track.width,
    codedHeight: picture.height || track.height,
    pixelAspect: picture.width ? picture.pixelAspect : 1,
    sampleTable,
  };
}

async function readKind(source: ByteSource, handler: IsoBox | undefined): Promise<IsoTrack['kind']> {
  if (!handler) return 'other';
  const bytes = await source.exact(handler.body, 12);
  const type = bytes.toString('latin1', 8, 12);
  if (type === 'vide') return 'video';
  return type === 'soun' ? 'audio' : 'other';
}

async function readTrackHeader(source: ByteSource, box: IsoBox) {
  const version = (await source.exact(box.body, 1)).readUInt8(0);
  const long = version === 1 ? 12 : 0;
  const bytes = await source.exact(box.body, 84 + long);
  return {
    enabled: (bytes.readUInt8(3) & 1) === 1,
    id: bytes.readUInt32BE(version === 1 ? 20 : 12),
    matrix: readMatrix(bytes, 40 + long),
    width: bytes.readUInt32BE(76 + long) / 65536,
    height: bytes.readUInt32BE(80 + long) / 65536,
  };
}

/** `duration` is null when the header leaves it open: 0, or all ones. */
async function readMediaHeader(source: ByteSource, box: IsoBox) {
  const bytes = await source.exact(box.body, 32);
  const long = bytes.readUInt8(0) === 1;
  const timescale = bytes.readUInt32BE(long ? 20 : 12);
  const raw = long ? bytes.readBigUInt64BE(24) : BigInt(bytes.readUInt32BE(16));
  const open = raw === 0n || raw === (long ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn);
  return { timescale, duration: open ? null : Number(raw) };
}

async function readPicture(source: ByteSource, descriptions: IsoBox | undefined) {
  const none = { width: 0, height: 0, pixelAspect: 1 };
  if (!descriptions) return none;
  // 8 bytes of version, flags and count, then the entry: an 8-byte box header and 78 bytes of a picture's fields.
  const [entry] = await childBoxes(source, { body: descriptions.body + 8, end: descriptions.end });
  if (!entry || entry.end - entry.body < 78) return none;
  const fields = await source.exact(entry.body, 28);
  const width = fields.readUInt16BE(24);
  const height = fields.readUInt16BE(26);
  const extensions = await childBoxMap(source, { body: entry.body + 78, end: entry.end });
  const aspect = extensions.get('pasp');
  if (!aspect || aspect.end - aspect.body < 8) return { width, height, pixelAspect: 1 };
  const ratio = await source.exact(aspect.body, 8);
  const vertical = ratio.readUInt32BE(4);
  return { width, height, pixelAspect: vertical === 0 ? 1 : ratio.readUInt32BE(0) / vertical };
}

async function readChapterTracks(source: ByteSource, references: IsoBox | undefined): Promise<number[]> {
  const chapters = (await childBoxMap(source, references)).get('chap');
  if (!chapters) return [];
  const bytes = await source.exact(chapters.body, Math.min(64, chapters.end - chapters.body));
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32BE(index * 4));
}

async function readEdits(source: ByteSource, edits: IsoBox | undefined): Promise<IsoEdit[]> {
  const list = (await childBoxMap(source, edits)).get('elst');
  if (!list) return [];
  const head = await source.exact(list.body, 8);
  const long = head.readUInt8(0) === 1;
  const entrySize = long ? 20 : 12;
  const count = Math.min(head.readUInt32BE(4), Math.floor((list.end - list.body - 8) / entrySize));
  const entries: IsoEdit[] = [];
  for (let index = 0; index < count; index++) {
    const entry = await source.exact(list.body + 8 + index * entrySize, entrySize);
    entries.push(
      long
        ? { duration: Number(entry.readBigUInt64BE(0)), mediaTime: Number(entry.readBigInt64BE(8)) }
        : { duration: entry.readUInt32BE(0), mediaTime: entry.readInt32BE(4) },
    );
  }
  return entries;
}

async function sumOfSampleDurations(source: ByteSource, box: IsoBox | undefined): Promise<number> {
  if (!box) return 0;
  const listed = (await source.exact(box.body + 4, 4)).readUInt32BE(0);
  const count = Math.min(listed, Math.floor((box.end - box.body - 8) / 8));
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const entry = await source.exact(box.body + 8 + index * 8, 8);
    sum += entry.readUInt32BE(0) * entry.readUInt32BE(4);
  }
  return sum;
}
