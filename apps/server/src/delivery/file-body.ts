import type { ServerResponse } from 'node:http';
import type { ByteRange } from '@vitrine/core';
import type { Body } from './body.ts';
import { type OpenFile, openFile } from './open-file.ts';
import type { Proof } from './proof.ts';
import type { TransferBuffers } from './transfer-buffers.ts';

/** A reader who needs longer than this for one buffer gets small ones, and none is filled ahead. */
const slowMs = 100;

/** A reader who closed the connection. */
class ReaderGoneError extends Error {
  override readonly name = 'ReaderGoneError';
}

interface Filled {
  readonly buffer: Buffer;
  readonly length: number;
}

/** Resolves when the connection has taken the bytes, and the buffer may be used again. */
function written(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new ReaderGoneError('The reader closed the connection.'));
    if (response.destroyed) {
      gone();
      return;
    }
    response.once('close', gone);
    response.write(bytes, (error) => {
      response.off('close', gone);
      if (error) gone();
      else resolve();
    });
  });
}

/** Lends buffers and fills them, one part of the range after the other. */
function createParts(file: OpenFile, { range: { start, end }, buffers, proof }: FileBodyOptions) {
  let at = start;
  return {
    more: () => at <= end,
    async next(pace: 'quick' | 'slow'): Promise<Filled> {
      const buffer = buffers.take(pace);
      const length = Math.min(buffer.length, end + 1 - at);
      const position = at;
      at += length;
      try {
        await file.fill(buffer, length, position);
        proof?.update(buffer.subarray(0, length));
        if (at > end) proof?.assert();
      } catch (error) {
        buffers.giveBack(buffer);
        throw error;
      }
      return { buffer, length };
    },
  };
}

type Parts = ReturnType<typeof createParts>;

/** Writes a part, and meanwhile fills the next if the reader is quick. Answers the next part, or null after the last. */
async function writePart(
  response: ServerResponse,
  { buffer, length }: Filled,
  { parts, buffers, pace }: { parts: Parts; buffers: TransferBuffers; pace: 'quick' | 'slow' },
): Promise<{ next: Filled | null; pace: 'quick' | 'slow' }> {
  const ahead = pace === 'quick' && parts.more() ? parts.next(pace) : null;
  // Its failure is looked at below, after the write; until then it must not count as unhandled.
  ahead?.catch(() => {});
  const begin = performance.now();
  try {
    await written(response, buffer.subarray(0, length));
  } catch (error) {
    // A buffer that is being filled is still in use.
    await ahead?.then(
      (part) => buffers.giveBack(part.buffer),
      () => {},
    );
    throw error;
  } finally {
    buffers.giveBack(buffer);
  }
  const next = performance.now() - begin > slowMs ? 'slow' : 'quick';
  if (ahead) return { next: await ahead, pace: next };
  return { next: parts.more() ? await parts.next(next) : null, pace: next };
}

export interface FileBodyOptions {
  readonly range: ByteRange;
  /** Bytes that the file must have. */
  readonly size: number;
  readonly buffers: TransferBuffers;
  /** Of the whole file, asked before the last part is given out. */
  readonly proof?: Proof | undefined;
}

/**
 * A part of a local file. Two buffers take turns: one is filled while the other is being written, so a reader never waits for
 * the disk nor the disk for a reader, and a transfer holds no more memory than these.
 */
export async function fileBody(path: string, options: FileBodyOptions): Promise<Body> {
  const { size, buffers } = options;
  const file = await openFile(path, size);
  const parts = createParts(file, options);
  let first: Filled | null;
  try {
    // Before the headers are out, so that a damaged file is an error and not half an answer.
    first = await parts.next('quick');
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    async sendTo(response) {
      try {
        let state: { next: Filled | null; pace: 'quick' | 'slow' } = { next: first, pace: 'quick' };
        first = null;
        while (state.next) {
          state = await writePart(response, state.next, { parts, buffers, pace: state.pace });
        }
        response.end();
      } finally {
        await file.close();
      }
    },
    async discard() {
      if (first) buffers.giveBack(first.buffer);
      await file.close();
    },
  };
}
