import type { InspectedFile } from '@vitrine/core';
import type { AssetFacts } from '@vitrine/schema';
import { readAdts } from './audio/adts.ts';
import { readMp3 } from './audio/mp3.ts';
import { readOgg } from './audio/ogg.ts';
import { id3v2Length } from './audio/tags.ts';
import { readWav } from './audio/wav.ts';
import type { ByteSource } from './byte-source.ts';
import { readAvi } from './containers/avi.ts';
import { readIsoMedia } from './containers/iso-media.ts';
import { readMatroska } from './containers/matroska.ts';
import { type Family, familyOf, headLength } from './detect/binary-signature.ts';
import { textSignatureOf } from './detect/text-signature.ts';
import { Refusal, truncated, unsupported } from './refusal.ts';
import type { Sandbox } from './sandbox/create-sandbox.ts';
import { readText } from './text/read-text.ts';
import { decodeHead, textEncodingOf } from './text/text-encoding.ts';

export interface FactsInput {
  readonly source: ByteSource;
  readonly sandbox: Sandbox;
  readonly file: InspectedFile;
}

/** Decides what the bytes are by their first ones, and has the reader of that family say the rest. */
export async function readFacts(input: FactsInput): Promise<AssetFacts> {
  const { source } = input;
  if (source.size === 0) {
    throw new Refusal(
      'unreadable_media',
      'The file is empty (0 bytes). Choose another one or export it again.',
    );
  }
  const head = await source.read(0, headLength);
  const family = familyOf(head);
  if (family && (family !== 'mpeg-audio' || !(await isLooseId3(source, head))))
    return readFamily(input, family);
  return readTextual(input, head);
}

async function readFamily(input: FactsInput, family: Family): Promise<AssetFacts> {
  const { source, sandbox, file } = input;
  const { path } = file;
  switch (family) {
    case 'jpeg': {
      const format = file.fileName.toLowerCase().endsWith('.jpeg') ? 'jpeg' : 'jpg';
      return { type: 'image', format, ...(await sandbox.run({ task: 'jpeg', path })) };
    }
    case 'png':
    case 'webp':
    case 'gif':
      return { type: 'image', format: family, ...(await sandbox.run({ task: family, path })) };
    case 'iso':
      return readIsoMedia(source);
    case 'matroska':
      return readMatroska(source);
    case 'avi':
      return readAvi(source);
    case 'mpeg-audio':
      return readTagged(source);
    case 'wav':
      return readWav(source);
    case 'ogg':
      return readOgg(source);
    case 'adts':
      return readAdts(source);
    case 'pdf':
      return { type: 'document', format: 'pdf', ...(await sandbox.run({ task: 'pdf', path })) };
    case 'ole':
      return { type: 'document', format: 'doc', ...(await sandbox.run({ task: 'doc', path })) };
    case 'zip':
      return { type: 'document', format: 'docx', ...(await sandbox.run({ task: 'docx', path })) };
    default:
      return family satisfies never;
  }
}

/** 'ID3' may also start a sentence; a tag has a version and a length behind it. */
async function isLooseId3(source: ByteSource, head: Buffer): Promise<boolean> {
  return head.toString('latin1', 0, 3) === 'ID3' && source.size >= 10 && id3v2Length(head) === 0;
}

/** MP3, unless the tag in front of the sound belongs to AAC or FLAC. */
async function readTagged(source: ByteSource): Promise<AssetFacts> {
  const length = id3v2Length(await source.read(0, 10));
  if (length > 0) {
    if (length >= source.size) throw truncated('MP3', 'it ends within its tag, before its sound');
    const behind = await source.read(length, 4);
    if (behind.toString('latin1') === 'fLaC') throw unsupported('a FLAC file', 'Export it as WAV or MP3.');
    if (familyOf(behind) === 'adts') return readAdts(source);
  }
  return readMp3(source);
}

async function readTextual({ source, sandbox, file }: FactsInput, head: Buffer): Promise<AssetFacts> {
  const signature = textSignatureOf(decodeHead(head));
  if (signature.kind === 'foreign') throw unsupported(signature.name);
  if (signature.kind === 'svg') {
    return { type: 'image', format: 'svg', ...(await sandbox.run({ task: 'svg', path: file.path })) };
  }
  const verdict = await readText(source, textEncodingOf(head));
  if ('facts' in verdict) return verdict.facts;
  const { name } = await sandbox.run({ task: 'name', path: file.path });
  if (name) throw unsupported(name);
  throw verdict.notText === 'binary'
    ? unsupported('a binary file of an unknown format')
    : unsupported('text in an encoding that cannot be told for certain', 'Save it as UTF-8.');
}
