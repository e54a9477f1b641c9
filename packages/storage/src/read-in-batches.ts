import { finished, type Readable } from 'node:stream';

export interface BatchSink {
  /** Called for every chunk as it arrives; throwing ends the transfer. */
  accept(chunk: Uint8Array): void;
  /** Called with one batch after the other, never two at once. The buffers are not touched afterwards. */
  write(batch: readonly Uint8Array[]): Promise<void>;
  /** A batch is handed on when it has at least this many bytes. */
  readonly batchBytes: number;
}

/**
 * Reads `source` to its end. While one batch is being written the next is collected, and then the source is paused, so at most
 * two batches are in memory. Rejects with the first error of the source, `accept` or `write`, or with the signal's reason, and
 * only when no write is under way any more.
 *
 * Plain 'data' events: they cost half of what async iteration or a piped Writable does.
 */
export function readInBatches(
  source: Readable,
  sink: BatchSink,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let batch: Uint8Array[] = [];
    let bytes = 0;
    let writing = false;
    let ended = false;
    let failure: { readonly error: unknown } | null = null;

    const fail = (error: unknown) => {
      failure ??= { error };
      advance();
    };
    const aborted = () => fail(signal?.reason);
    const settle = (act: () => void) => {
      stopWatching();
      source.off('data', receive);
      signal?.removeEventListener('abort', aborted);
      act();
    };

    function advance(): void {
      if (writing) return;
      if (failure) {
        const { error } = failure;
        settle(() => reject(error));
      } else if (bytes >= sink.batchBytes || (ended && bytes > 0)) {
        void writeBatch();
      } else if (ended) {
        settle(resolve);
      }
    }

    async function writeBatch(): Promise<void> {
      const full = batch;
      batch = [];
      bytes = 0;
      writing = true;
      if (source.isPaused()) source.resume();
      try {
        await sink.write(full);
      } catch (error) {
        failure ??= { error };
      }
      writing = false;
      advance();
    }

    function receive(chunk: unknown): void {
      if (failure) return;
      try {
        const piece = toBytes(chunk, source.readableEncoding);
        sink.accept(piece);
        batch.push(piece);
        bytes += piece.byteLength;
      } catch (error) {
        fail(error);
        return;
      }
      if (bytes < sink.batchBytes) return;
      if (writing) source.pause();
      else advance();
    }

    const stopWatching = finished(source, { writable: false }, (error) => {
      if (error) {
        fail(error);
        return;
      }
      ended = true;
      advance();
    });
    source.on('data', receive);
    signal?.addEventListener('abort', aborted, { once: true });
    if (signal?.aborted) aborted();
    else source.resume();
  });
}

function toBytes(chunk: unknown, encoding: BufferEncoding | null): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding ?? 'utf8');
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError('A source of bytes gave something that is neither bytes nor text.');
}
