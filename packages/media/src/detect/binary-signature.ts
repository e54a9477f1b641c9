import type { AssetFormat } from '@vitrine/schema';
import { knownFormats } from '@vitrine/schema';

/** How many bytes at the start decide what a file is. */
export const headLength = 64 * 1024;

/** Bytes that stand in two families; the reader of the family tells its members apart. */
export type Family =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'iso'
  | 'matroska'
  | 'avi'
  | 'mpeg-audio'
  | 'wav'
  | 'ogg'
  | 'adts'
  | 'pdf'
  | 'ole'
  | 'zip';

const familyOfFormat = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  mp4: 'iso',
  mov: 'iso',
  m4a: 'iso',
  webm: 'matroska',
  mkv: 'matroska',
  avi: 'avi',
  mp3: 'mpeg-audio',
  wav: 'wav',
  ogg: 'ogg',
  aac: 'adts',
  pdf: 'pdf',
  doc: 'ole',
  docx: 'zip',
  svg: null,
  txt: null,
} as const satisfies Record<AssetFormat, Family | null>;

/** The family whose signature the file starts with, or null. Only the start decides: what follows may be anything. */
export function familyOf(head: Buffer): Family | null {
  for (const { format, signatures } of knownFormats) {
    const family = familyOfFormat[format];
    if (
      family &&
      signatures.some((parts) => parts.every(([offset, hex]) => matches(head, { offset, hex })))
    ) {
      return family;
    }
  }
  return null;
}

function matches(head: Buffer, { offset, hex }: { offset: number; hex: string }): boolean {
  const length = hex.length / 2;
  return head.length >= offset + length && head.toString('hex', offset, offset + length) === hex;
}
