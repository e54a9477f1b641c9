import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UploadSource } from './upload-source.ts';

export interface OpenedSource {
  readonly name: string;
  /** Bytes; null when nobody knows yet. */
  readonly size: number | null;
  readonly chunks: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
}

const readAhead = 256 * 1024;

async function openPath(path: string): Promise<OpenedSource> {
  const facts = await stat(path);
  if (!facts.isFile()) throw new TypeError(`${path} is not a file.`);
  return {
    name: basename(path),
    size: facts.size,
    // Opened when the first byte is asked for: an upload that is refused beforehand leaves no file open.
    chunks: {
      [Symbol.asyncIterator]: () =>
        createReadStream(path, { highWaterMark: readAhead })[Symbol.asyncIterator](),
    },
  };
}

/** Opens what is to be uploaded, for reading chunk by chunk. Rejects with the system's error for a missing file. */
export async function openSource(source: UploadSource): Promise<OpenedSource> {
  if (typeof source === 'string') return openPath(source);
  if (source instanceof URL) {
    if (source.protocol !== 'file:')
      throw new TypeError(`Only file: URLs can be uploaded, not ${source.protocol}`);
    return openPath(fileURLToPath(source));
  }
  if (source instanceof Blob) {
    return {
      name: source instanceof File ? source.name : 'file',
      size: source.size,
      chunks: source.stream(),
    };
  }
  return { name: source.name, size: source.size ?? null, chunks: source.stream };
}
