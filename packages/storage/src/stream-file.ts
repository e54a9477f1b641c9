import { Readable } from 'node:stream';
import type { ByteRange } from '@vitrine/core';
import type { OpenFile } from './file-system.ts';
import { readExactly } from './read-exactly.ts';

export interface StreamFileOptions extends ByteRange {
  /** Bytes of one read. */
  readonly readBytes: number;
  /** Told of every buffer that was made. */
  readonly onRead: (bytes: number) => void;
}

/** Streams a part of an open file, both ends included, and closes it when the stream ends or is destroyed. */
export function streamFile(file: OpenFile, options: StreamFileOptions): Readable {
  const { start, end, readBytes, onRead } = options;
  let at = start;
  return new Readable({
    highWaterMark: readBytes,
    read() {
      if (at > end) {
        this.push(null);
        return;
      }
      readExactly(file, at, Math.min(readBytes, end + 1 - at)).then(
        (bytes) => {
          at += bytes.byteLength;
          onRead(bytes.byteLength);
          this.push(bytes);
        },
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, done) {
      file.close().then(
        () => done(error),
        (closing: unknown) =>
          done(error ?? (closing instanceof Error ? closing : new Error(String(closing)))),
      );
    },
  });
}
