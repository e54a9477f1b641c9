import { Readable } from 'node:stream';
import type { Caller, Services, SharedFile } from '@vitrine/core';
import { AppError } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';
import { makeZip, predictLength } from 'client-zip';
import type { BlobBodies, WantedBlob } from '../delivery/blob-bodies.ts';
import { largePictureOf, type Terms } from './shared-item.ts';
import { createUniqueNames } from './zip-names.ts';

interface Entry extends WantedBlob {
  readonly name: string;
  readonly modified: Date;
}

export interface ShareZip {
  /** Bytes, known before the first is read. */
  readonly length: bigint;
  /** Reads one file after the other, as fast as it is taken. Rejects when the first cannot be read: nothing is promised yet then. */
  stream(): Promise<Readable>;
}

interface ZipOf {
  readonly title: string;
  readonly terms: Terms;
  readonly caller: Caller;
  readonly files: readonly SharedFile[];
  /** Aborted when whoever asked is gone: pictures that are not made yet are then not made for nobody. */
  readonly signal: AbortSignal;
  /** Asked before each further file; rejects once the link does not show it any more, and the ZIP ends there. */
  readonly goesOn: () => Promise<void>;
}

const manifestName = 'manifest.json';

/** The bytes that stand for a file: its own, or the largest picture of it; null where there is none. */
async function bytesOf(
  { renditions }: Pick<Services, 'renditions'>,
  { terms, caller }: ZipOf,
  { tile, sha256, store }: SharedFile,
): Promise<(WantedBlob & { readonly name: string }) | null> {
  const { id, version, size, name } = tile;
  if (terms.quality === 'originals') return { sha256, store, size, name };
  const preset = largePictureOf(tile.type);
  if (preset === null) return null;
  try {
    const made = await renditions.file(caller, { id, preset, version });
    const stem = name.replace(/\.[^.]+$/, '');
    const end = made.mimeType.replace(/^image\//, '');
    return { sha256: made.sha256, store: made.store, size: made.size, name: `${stem}.${end}` };
  } catch (error) {
    if (error instanceof AppError && error.code === 'rendition_failed') return null;
    throw error;
  }
}

/** The size and hash of what lies there; of the original where nothing does. */
function manifestEntry(
  { tile, sha256, rights }: SharedFile,
  there: { readonly name: string; readonly size: number; readonly sha256: Sha256 } | null,
) {
  const { type, format, size, name: original } = tile;
  const { name, ...bytes } = there ?? { name: null, size, sha256 };
  return { name, original, type, format, ...bytes, credit: rights?.credit ?? null, rights };
}

/**
 * All that a link shows in one file, stored as it is: pictures and videos do not get smaller. Beside the files lies what they are:
 * `manifest.json` with names, hashes, credits and rights.
 */
export async function shareZip(
  services: Pick<Services, 'renditions'>,
  bodies: BlobBodies,
  wanted: ZipOf,
): Promise<ShareZip> {
  const unique = createUniqueNames([manifestName]);
  const entries: Entry[] = [];
  const listed: ReturnType<typeof manifestEntry>[] = [];
  for (const file of wanted.files) {
    if (wanted.signal.aborted) break;
    const bytes = await bytesOf(services, wanted, file);
    if (!bytes) {
      listed.push(manifestEntry(file, null));
      continue;
    }
    const name = unique(bytes.name);
    entries.push({ ...bytes, name, modified: new Date(file.tile.uploadedAt) });
    listed.push(manifestEntry(file, { name, size: bytes.size, sha256: bytes.sha256 }));
  }
  const { title, terms } = wanted;
  const manifest = Buffer.from(
    `${JSON.stringify({ title, quality: terms.quality, files: listed }, null, 2)}\n`,
  );
  const sizes = [...entries, { name: manifestName, size: manifest.length }];

  async function stream(): Promise<Readable> {
    let isOver = false;
    const [head] = entries;
    const first = head && (await bodies.stream(head));
    let current = first ?? null;
    async function* inputs() {
      for (const entry of entries) {
        const { name, size, modified } = entry;
        if (entry !== head) await wanted.goesOn();
        const input = entry === head && first ? first : await bodies.stream(entry);
        current = input;
        if (isOver) input.destroy();
        yield { name, size, input, lastModified: modified };
      }
      yield { name: manifestName, size: manifest.length, input: manifest, lastModified: new Date() };
    }
    const zip = Readable.from(makeZip(inputs()), { objectMode: false });
    // The library leaves the file that it is at open when the reader goes.
    zip.once('close', () => {
      isOver = true;
      current?.destroy();
    });
    return zip;
  }

  return { length: predictLength(sizes.map(({ name, size }) => ({ name, size }))), stream };
}
