import type { AssetFacts } from '@vitrine/schema';
import type { ByteSource } from '../byte-source.ts';
import { displayedSize } from '../displayed-size.ts';
import { durationInMs } from '../duration.ts';
import { missingFact, truncated, unsupported } from '../refusal.ts';
import { childElements, type EbmlElement, readElement, readFloat, readText, readUnsigned } from './ebml.ts';
import { MatroskaClock } from './matroska-clock.ts';
import { matroska } from './matroska-ids.ts';
import { type MatroskaTrack, readMatroskaTracks } from './matroska-tracks.ts';

/** How many clusters at the end are read for the last timestamp when all of them say their size. */
const closingClusters = 4;

/** WEBM and MKV. A file without a Duration element (a live recording) is followed cluster by cluster. */
export async function readMatroska(source: ByteSource): Promise<AssetFacts> {
  const { format, headerEnd } = await readDocType(source);
  const label = format.toUpperCase();
  const segment = await readSegment(source, { headerEnd, label });
  const playing = segment.tracks.filter(({ kind }) => kind !== 'other');
  const picture = playing.find(({ kind }) => kind === 'video')?.picture;
  if (!picture) {
    throw unsupported(
      `a ${label} file without video`,
      'Sound is taken as MP3, WAV, OGG, AAC or M4A; export it as one of these.',
    );
  }
  const seconds = segment.duration ?? segment.clock.seconds(playing, segment.timestampScale);
  return {
    type: 'video',
    format,
    ...displayedSize(label, picture),
    durationMs: durationInMs(label, seconds),
  };
}

async function readDocType(source: ByteSource) {
  const header = await readElement(source, 0);
  if (!header || header.end === null || header.end > source.size) {
    throw truncated('WEBM or MKV', 'it ends within its header');
  }
  const children = await childElements(source, { body: header.body, end: header.end });
  const docType = children.find(({ id }) => id === matroska.docType);
  const name = docType ? await readText(source, docType) : 'matroska';
  if (name !== 'webm' && name !== 'matroska') throw unsupported('an EBML file that is neither WEBM nor MKV');
  return { format: name === 'webm' ? ('webm' as const) : ('mkv' as const), headerEnd: header.end };
}

interface Segment {
  readonly timestampScale: number;
  /** Seconds; null when the file does not say. */
  readonly duration: number | null;
  readonly tracks: readonly MatroskaTrack[];
  readonly clock: MatroskaClock;
}

async function readSegment(
  source: ByteSource,
  { headerEnd, label }: { headerEnd: number; label: string },
): Promise<Segment> {
  const segment = await findSegment(source, headerEnd);
  if (!segment) throw truncated(label, 'it ends before its contents');
  if (segment.end !== null && segment.end > source.size) {
    throw truncated(label, `it has ${source.size} bytes and its header says ${segment.end}`);
  }
  const clock = new MatroskaClock(source, label);
  const end = segment.end ?? source.size;
  let info: { timestampScale: number; duration: number | null } | null = null;
  let tracks: MatroskaTrack[] | null = null;
  let clusters: EbmlElement[] = [];
  let offset = segment.body;
  while (offset < end) {
    const element = await readElement(source, offset);
    if (!element) throw truncated(label, 'it ends between two of its parts');
    if (element.id === matroska.cluster) {
      // A whole file that says its duration needs no look at its clusters.
      if (info?.duration && tracks && segment.end !== null) break;
      if (element.end === null) {
        offset = await clock.readCluster(element);
        continue;
      }
      clusters = [...clusters.slice(1 - closingClusters), element];
    } else if (element.end === null) {
      // Only segments and clusters may leave their size open; a second segment or foreign bytes end this one.
      break;
    }
    if (element.end > source.size) throw truncated(label, 'it ends within one of its parts');
    if (element.id === matroska.info) info = await readInfo(source, { body: element.body, end: element.end });
    if (element.id === matroska.tracks) {
      tracks = await readMatroskaTracks(source, { body: element.body, end: element.end });
    }
    offset = element.end;
  }
  if (!tracks) throw missingFact(label, { fact: 'width and height', why: 'it has no list of tracks' });
  if (!info?.duration) for (const cluster of clusters) await clock.readCluster(cluster);
  return { timestampScale: info?.timestampScale ?? 1e6, duration: info?.duration ?? null, tracks, clock };
}

async function findSegment(source: ByteSource, headerEnd: number): Promise<EbmlElement | null> {
  let offset = headerEnd;
  // Void elements may stand between the header and the segment.
  for (let index = 0; index < 16; index++) {
    const element = await readElement(source, offset);
    if (!element || element.id === matroska.segment) return element;
    if (element.end === null) return null;
    offset = element.end;
  }
  return null;
}

async function readInfo(source: ByteSource, info: { body: number; end: number }) {
  let timestampScale = 1e6;
  let units = 0;
  for (const child of await childElements(source, info)) {
    if (child.id === matroska.timestampScale) timestampScale = (await readUnsigned(source, child)) || 1e6;
    if (child.id === matroska.duration) units = await readFloat(source, child);
  }
  return { timestampScale, duration: units > 0 ? (units * timestampScale) / 1e9 : null };
}
