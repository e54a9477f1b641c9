import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError, type AppendOptions } from '@vitrine/core';
import type { OpenFile } from './file-system.ts';
import { readInBatches } from './read-in-batches.ts';
import type { RunningHash } from './running-hashes.ts';
import { writeAll } from './write-all.ts';

interface Append extends AppendOptions {
  /** Has `offset` bytes. */
  readonly file: OpenFile;
  readonly source: Readable;
  /** Of the bytes before `offset`; goes on with what is written. */
  readonly running?: RunningHash | null;
  /** Told of every buffer that was written. */
  readonly onWritten: (bytes: number) => void;
  /** Asked now and then; a rejection ends the transfer. */
  readonly assertRoom: () => Promise<void>;
}

/** What is collected when the connection breaks must be sent again. Measured: larger batches save nothing. */
const batchBytes = 256 * 1024;
/** How much may be lost to a power cut, or to the end of the process. */
const checkpointBytes = 16 * 1024 * 1024;

/** Writes the source behind the file's bytes and answers how many there are then; see `ResumableStaging.append`. */
export async function appendToFile(append: Append): Promise<number> {
  const { file, source, offset, maxBytes, checksum, running } = append;
  const { onWritten, onDurable, assertHeld, assertRoom, signal } = append;
  const hash = checksum && createHash(checksum.algorithm);
  let arrived = 0;
  let written = offset;
  let durable = offset;
  let failedToSettle = false;

  async function settle(): Promise<void> {
    if (written === durable) return;
    const reached = written;
    try {
      // Its error is final: a second fsync may succeed without having written what the first one lost.
      await file.sync();
      await onDurable(reached);
    } catch (error) {
      failedToSettle = true;
      throw error;
    }
    durable = reached;
  }

  try {
    await readInBatches(
      source,
      {
        batchBytes,
        accept(chunk) {
          arrived += chunk.byteLength;
          if (arrived > maxBytes) throw tooLong(maxBytes);
          hash?.update(chunk);
        },
        async write(batch) {
          assertHeld?.();
          await writeAll(file, batch, written);
          for (const bytes of batch) {
            written += bytes.byteLength;
            running?.hash.update(bytes);
            onWritten(bytes.byteLength);
          }
          if (running) running.bytes = written;
          if (written - durable < checkpointBytes) return;
          await assertRoom();
          // A piece with a checksum does not count before all of it is known to be right.
          if (!checksum) await settle();
        },
      },
      signal,
    );
    if (checksum && !hash?.digest().equals(checksum.digest)) throw mismatch();
    await settle();
    return written;
  } catch (error) {
    if (failedToSettle) throw error;
    assertHeld?.();
    if (checksum) await file.truncate(offset);
    else await settle();
    throw error;
  }
}

function tooLong(maxBytes: number): AppError {
  return new AppError('too_large', `More bytes came than the ${maxBytes} that this upload still lacks.`);
}

function mismatch(): AppError {
  return new AppError('checksum_mismatch', 'The bytes are not those of Upload-Checksum. Send them again.');
}
