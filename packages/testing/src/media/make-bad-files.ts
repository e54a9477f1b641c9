import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetFormat, ErrorCode } from '@vitrine/schema';
import { foreignSamples } from './binary-samples.ts';
import { fixtureFormats, type MediaFixture, makeFixture } from './make-fixtures.ts';

/** A file that an upload has to refuse. */
export interface BadFile {
  readonly fileName: string;
  readonly path: string;
  readonly code: Extract<ErrorCode, 'unsupported_format' | 'unreadable_media'>;
  /** A word that the refusal has to say. */
  readonly says: string;
}

/** A file that starts as one format and holds another: the start decides. */
export interface PolyglotFile {
  readonly fileName: string;
  readonly path: string;
  readonly format: AssetFormat;
}

/** Text has no end that one could miss. */
const hasNoEnd: ReadonlySet<AssetFormat> = new Set(['txt']);

/** The first part of a file, e.g. 0.25 of it. */
export async function cutFile(fixture: MediaFixture, directory: string, part: number): Promise<string> {
  const bytes = await readFile(fixture.path);
  const path = join(directory, `cut-${Math.round(part * 100)}-${fixture.fileName}`);
  await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * part)));
  return path;
}

/** Empty, truncated and mislabelled files and files of foreign formats, with the code that refuses each. */
export async function makeBadFiles(directory: string): Promise<BadFile[]> {
  await mkdir(directory, { recursive: true });
  const files: BadFile[] = [];
  const add = async (file: Omit<BadFile, 'path'>, bytes: Uint8Array) => {
    const path = join(directory, file.fileName);
    await writeFile(path, bytes);
    files.push({ ...file, path });
  };
  for (const [index, { named, bytes }] of foreignSamples.entries()) {
    // Named like a picture or a text in turn: the name does not help them.
    const fileName = `foreign-${index}.${index % 2 === 0 ? 'txt' : 'png'}`;
    await add({ fileName, code: 'unsupported_format', says: named }, bytes());
  }
  for (const format of fixtureFormats) {
    const fileName = `empty.${format}`;
    await add({ fileName, code: 'unreadable_media', says: 'empty' }, new Uint8Array());
    if (hasNoEnd.has(format)) continue;
    // The plain MP3 has no header for the whole file, so it is as long as the frames it has.
    const variant = format === 'mp3' ? 'variable-rate' : undefined;
    const whole = await makeFixture(format, join(directory, 'whole'), variant ? { variant } : {});
    const path = await cutFile(whole, directory, 0.5);
    files.push({ fileName: `cut-50-${whole.fileName}`, path, code: 'unreadable_media', says: 'truncated' });
  }
  const pdf = await readFile(join(directory, 'whole', 'three-pages.pdf'));
  const shifted = Buffer.concat([Buffer.from([0x0a, 0x00]), pdf]);
  await add({ fileName: 'late-header.pdf', code: 'unsupported_format', says: 'binary' }, shifted);
  return files;
}

/** Files with a second format behind or inside the first. They are what they start as. */
export async function makePolyglots(directory: string): Promise<PolyglotFile[]> {
  const archive = foreignSamples.find(({ named }) => named === 'ZIP')?.bytes() ?? new Uint8Array();
  const script = Buffer.from('\n/*<script>*/ alert(1) /*</script>*/\n');
  const files: PolyglotFile[] = [];
  const append = async (format: AssetFormat, tail: Uint8Array) => {
    const { path } = await makeFixture(format, join(directory, 'whole'));
    const fileName = `polyglot-${files.length}.${format}`;
    const target = join(directory, fileName);
    await writeFile(target, Buffer.concat([await readFile(path), tail]));
    files.push({ fileName, path: target, format });
  };
  await append('gif', script);
  await append('jpg', archive);
  await append('png', Buffer.concat([script, archive]));
  await append('webp', archive);
  await append('pdf', archive);
  await append('mp4', archive);
  await append('wav', archive);
  await append('ogg', archive);
  return files;
}
