import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UploadSource } from './upload-source.ts';

export interface OpenedSource {
  readonly name: string;
  /** Bytes; null when nobody knows yet. */
  readonly size: number | null;
  /** A chunk is good until the next one is asked for; whoever keeps it longer copies it. */
  readonly chunks: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
}

const chunkSize = 256 * 1024;

/**
 * The bytes of a file. Always in the same piece of memory: a chunk is gone when the next one is asked for. Left to the
 * garbage collector, the chunks of a large file pile up to tens of megabytes between two collections.
 */
async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  const memory = new Uint8Array(chunkSize);
  for (;;) {
    const { bytesRead } = await file.read(memory, 0, chunkSize, null);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
  }
}

async function openPath(path: string): Promise<OpenedSource> {
  const facts = await stat(path);
  if (!facts.isFile()) throw new TypeError(`${path} is not a file.`);
  // The file is opened when the first byte is asked for: an upload that is refused beforehand leaves none open.
  return { name: basename(path), size: facts.size, chunks: fileChunks(path) };
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
