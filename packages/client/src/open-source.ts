import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UploadSource } from './upload-source.ts';
import type { OpenRereadable, PieceRequest, UnreadableFile } from './upload-transport.ts';

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
async function* fileChunks(
  path: string,
  { start = 0, end = Number.POSITIVE_INFINITY } = {},
): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  const memory = new Uint8Array(chunkSize);
  for (let at = start; at < end; ) {
    const { bytesRead } = await file.read(memory, 0, Math.min(chunkSize, end - at), at);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function unreadable(message: string, cause?: unknown): Error {
  const name: UnreadableFile = 'UnreadableFile';
  return Object.assign(new Error(message, { cause }), { name });
}

/** The bytes of a piece. Throws an `UnreadableFile` when they cannot be read, or are fewer than they were said to be. */
export async function* pieceChunks({
  file: { name, content },
  start,
  end,
}: NonNullable<PieceRequest['piece']>): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterable<Uint8Array> =
    typeof content === 'string' ? fileChunks(content, { start, end }) : content.slice(start, end).stream();
  let sent = 0;
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => {
        throw unreadable(`${name} cannot be read.`, cause);
      });
      if (next.done) break;
      yield next.value;
      sent += next.value.byteLength;
    }
  } finally {
    await iterator.return?.();
  }
  // The server would wait for the rest.
  if (sent !== end - start) throw unreadable(`${name} has become shorter while it was sent.`);
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

async function rereadable(path: string) {
  const { size, mtimeMs } = await stat(path);
  const content = resolve(path);
  return { name: basename(path), size, content, identity: `${content} ${size} ${mtimeMs}` };
}

/** The file that a source is; null for a stream, which is gone once it is read. */
export const openRereadable: OpenRereadable = async (source) => {
  if (typeof source === 'string') return rereadable(source);
  if (source instanceof URL) return source.protocol === 'file:' ? rereadable(fileURLToPath(source)) : null;
  return null;
};
