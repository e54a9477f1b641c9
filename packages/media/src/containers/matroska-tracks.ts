import type { ByteSource } from '../byte-source.ts';
import type { CodedPicture } from '../displayed-size.ts';
import { childElements, readFloat, readUnsigned } from './ebml.ts';
import { matroska } from './matroska-ids.ts';

export interface MatroskaTrack {
  readonly number: number;
  readonly kind: 'video' | 'audio' | 'other';
  /** Nanoseconds per frame, when the file says. */
  readonly frameNanoseconds: number | null;
  readonly picture: CodedPicture | null;
}

type Span = { body: number; end: number };

export async function readMatroskaTracks(source: ByteSource, tracks: Span): Promise<MatroskaTrack[]> {
  const found: MatroskaTrack[] = [];
  for (const entry of await childElements(source, tracks)) {
    if (entry.id === matroska.trackEntry) found.push(await readTrack(source, entry));
  }
  return found;
}

async function readTrack(source: ByteSource, entry: Span): Promise<MatroskaTrack> {
  const fields = await fieldsOf(source, entry);
  const type = await fields.unsigned(matroska.trackType);
  const video = fields.element(matroska.video);
  return {
    number: (await fields.unsigned(matroska.trackNumber)) ?? 0,
    kind: type === 1 ? 'video' : type === 2 ? 'audio' : 'other',
    frameNanoseconds: (await fields.unsigned(matroska.defaultDuration)) ?? null,
    picture: video ? await readPicture(source, video) : null,
  };
}

async function readPicture(source: ByteSource, video: Span): Promise<CodedPicture> {
  const fields = await fieldsOf(source, video);
  const crop = async (id: number) => (await fields.unsigned(id)) ?? 0;
  const codedWidth = (await fields.unsigned(matroska.pixelWidth)) ?? 0;
  const codedHeight = (await fields.unsigned(matroska.pixelHeight)) ?? 0;
  const width = codedWidth - (await crop(matroska.cropLeft)) - (await crop(matroska.cropRight));
  const height = codedHeight - (await crop(matroska.cropTop)) - (await crop(matroska.cropBottom));
  const displayWidth = await fields.unsigned(matroska.displayWidth);
  const displayHeight = await fields.unsigned(matroska.displayHeight);
  const unit = (await fields.unsigned(matroska.displayUnit)) ?? 0;
  // Pixels, lengths and a bare ratio (units 0 to 3) all say how wide the picture is for its height; 4 says nothing.
  const aspect =
    displayWidth && displayHeight && unit < 4 ? (displayWidth * height) / (displayHeight * width) : 1;
  return { width, height, pixelAspect: aspect, quarterTurned: await isQuarterTurned(source, fields) };
}

async function isQuarterTurned(source: ByteSource, video: Fields): Promise<boolean> {
  const projection = video.element(matroska.projection);
  if (!projection) return false;
  const roll = (await fieldsOf(source, projection)).element(matroska.projectionPoseRoll);
  if (!roll) return false;
  const degrees = Math.abs(await readFloat(source, roll)) % 180;
  return degrees > 45 && degrees < 135;
}

interface Fields {
  element(id: number): Span | undefined;
  unsigned(id: number): Promise<number | undefined>;
}

async function fieldsOf(source: ByteSource, parent: Span): Promise<Fields> {
  const children = await childElements(source, parent);
  const element = (id: number) => children.find((child) => child.id === id);
  return {
    element,
    async unsigned(id) {
      const child = element(id);
      return child && (await readUnsigned(source, child));
    },
  };
}
