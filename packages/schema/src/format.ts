import { z } from 'zod';

/** What a format looks like on disk. `extensions` and `mimeTypes` list the canonical one first. */
export interface FormatDescription {
  readonly extensions: readonly [string, ...string[]];
  readonly mimeTypes: readonly [string, ...string[]];
  /**
   * How the first bytes look: alternatives, each a list of `[offset, bytes as hex]` that must all match.
   * An empty list means the format has no fixed signature and is decided by its content (SVG, text).
   */
  readonly signatures: readonly (readonly (readonly [offset: number, hex: string])[])[];
}

const jpegSignature = [[[0, 'ffd8ff']]] as const;
const isoBase = [[[4, '66747970']]] as const; // 'ftyp'; the brand behind it tells mp4, mov and m4a apart
const ebml = [[[0, '1a45dfa3']]] as const; // the doctype inside tells webm and mkv apart

/**
 * The one table of everything Vitrine stores: kind → format → how it is named and recognised.
 * Every enum, MIME check, CHECK constraint and detector is derived from it; a new format is a new line here.
 */
export const formatTable = {
  image: {
    jpg: {
      extensions: ['jpg', 'jpe', 'jfif'],
      mimeTypes: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
      signatures: jpegSignature,
    },
    jpeg: {
      extensions: ['jpeg'],
      mimeTypes: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
      signatures: jpegSignature,
    },
    png: {
      extensions: ['png', 'apng'],
      mimeTypes: ['image/png', 'image/apng'],
      signatures: [[[0, '89504e470d0a1a0a']]],
    },
    webp: {
      extensions: ['webp'],
      mimeTypes: ['image/webp'],
      signatures: [
        [
          [0, '52494646'],
          [8, '57454250'],
        ],
      ],
    },
    gif: {
      extensions: ['gif'],
      mimeTypes: ['image/gif'],
      signatures: [[[0, '474946383761']], [[0, '474946383961']]],
    },
    svg: { extensions: ['svg'], mimeTypes: ['image/svg+xml', 'image/svg'], signatures: [] },
  },
  video: {
    mp4: { extensions: ['mp4', 'm4v'], mimeTypes: ['video/mp4', 'video/x-m4v'], signatures: isoBase },
    webm: { extensions: ['webm'], mimeTypes: ['video/webm'], signatures: ebml },
    mov: {
      extensions: ['mov', 'qt'],
      mimeTypes: ['video/quicktime'],
      signatures: [...isoBase, [[4, '6d6f6f76']], [[4, '77696465']], [[4, '6d646174']]],
    },
    avi: {
      extensions: ['avi'],
      mimeTypes: ['video/x-msvideo', 'video/avi', 'video/msvideo'],
      signatures: [
        [
          [0, '52494646'],
          [8, '41564920'],
        ],
      ],
    },
    mkv: { extensions: ['mkv'], mimeTypes: ['video/matroska', 'video/x-matroska'], signatures: ebml },
  },
  audio: {
    mp3: {
      extensions: ['mp3'],
      mimeTypes: ['audio/mpeg', 'audio/mp3', 'audio/x-mp3'],
      signatures: [
        [[0, '494433']],
        [[0, 'fffb']],
        [[0, 'fffa']],
        [[0, 'fff3']],
        [[0, 'fff2']],
        [[0, 'ffe3']],
        [[0, 'ffe2']],
      ],
    },
    wav: {
      extensions: ['wav', 'wave'],
      mimeTypes: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
      signatures: [
        [
          [0, '52494646'],
          [8, '57415645'],
        ],
        [
          [0, '52463634'],
          [8, '57415645'],
        ],
      ],
    },
    ogg: {
      extensions: ['ogg', 'oga', 'opus'],
      mimeTypes: ['audio/ogg', 'application/ogg', 'audio/opus', 'audio/vorbis'],
      signatures: [[[0, '4f676753']]],
    },
    aac: {
      extensions: ['aac', 'adts'],
      mimeTypes: ['audio/aac', 'audio/aacp', 'audio/x-aac', 'audio/vnd.dlna.adts'],
      signatures: [[[0, 'fff1']], [[0, 'fff9']], [[0, 'fff0']], [[0, 'fff8']]],
    },
    m4a: {
      extensions: ['m4a', 'm4b'],
      mimeTypes: ['audio/mp4', 'audio/x-m4a', 'audio/m4a'],
      signatures: isoBase,
    },
  },
  document: {
    pdf: {
      extensions: ['pdf'],
      mimeTypes: ['application/pdf', 'application/x-pdf'],
      signatures: [[[0, '255044462d']]],
    },
    doc: {
      extensions: ['doc', 'dot'],
      mimeTypes: ['application/msword'],
      signatures: [[[0, 'd0cf11e0a1b11ae1']]],
    },
    docx: {
      extensions: ['docx', 'dotx'],
      mimeTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      signatures: [[[0, '504b0304']]],
    },
    txt: {
      extensions: ['txt', 'text', 'log', 'md', 'csv', 'srt', 'vtt'],
      mimeTypes: ['text/plain', 'text/markdown', 'text/csv'],
      signatures: [],
    },
  },
} as const satisfies Record<string, Record<string, FormatDescription>>;

type FormatTable = typeof formatTable;

/** The discriminator of the asset union. */
export type AssetType = keyof FormatTable;
/** The formats of one kind, e.g. `FormatOf<'image'>` is `'jpg' | 'jpeg' | …`. */
export type FormatOf<T extends AssetType> = Extract<keyof FormatTable[T], string>;
/** All formats that Vitrine stores. */
export type AssetFormat = { [T in AssetType]: FormatOf<T> }[AssetType];

// Object.keys loses the keys' type; these two are the only places that give it back.
const keysOf = <T extends object>(table: T) => Object.keys(table) as Extract<keyof T, string>[];
const enumOf = <T extends string>(values: readonly T[]) => z.enum(values as [T, ...T[]]);

export const assetTypes: readonly AssetType[] = keysOf(formatTable);
export const assetTypeSchema = enumOf(assetTypes).meta({
  id: 'AssetType',
  description: 'The kind of an asset, and the discriminator of the asset union.',
});

/** The formats of a kind, in the table's order. */
export function formatsOf<T extends AssetType>(type: T): readonly FormatOf<T>[] {
  return keysOf(formatTable[type]) as FormatOf<T>[];
}

/** The schema of a kind's formats. */
export function formatSchemaOf<T extends AssetType>(type: T) {
  return enumOf(formatsOf(type));
}

export const assetFormats: readonly AssetFormat[] = assetTypes.flatMap((type): AssetFormat[] => [
  ...formatsOf(type),
]);

/** A format together with its kind and description. */
export interface KnownFormat extends FormatDescription {
  readonly type: AssetType;
  readonly format: AssetFormat;
}

/** The whole table as a flat list. */
export const knownFormats: readonly KnownFormat[] = assetTypes.flatMap((type) =>
  Object.entries<FormatDescription>(formatTable[type]).map(([format, description]) => ({
    ...description,
    type,
    format: format as AssetFormat,
  })),
);

const byExtension = new Map(
  knownFormats.flatMap((known) => known.extensions.map((extension) => [extension, known] as const)),
);
const byFormat = new Map(knownFormats.map((known) => [known.format, known] as const));

/** The format that a file name's extension claims, or null; a hint, since the bytes decide. */
export function formatOfFileName(fileName: string): KnownFormat | null {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? null : (byExtension.get(fileName.slice(dot + 1).toLowerCase()) ?? null);
}

/** The table's line for a format. */
export function describeFormat(format: AssetFormat): KnownFormat {
  const known = byFormat.get(format);
  if (!known) throw new Error(`The format table has no line for '${format}'.`);
  return known;
}

/** The MIME type a format is served with. */
export function mimeTypeOf(format: AssetFormat): string {
  return describeFormat(format).mimeTypes[0];
}
