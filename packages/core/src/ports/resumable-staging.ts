import type { Readable } from 'node:stream';
import type { UploadId } from '@vitrine/schema';
import type { StagedBlob } from './blob-store.ts';

export const checksumAlgorithms = ['sha1', 'sha256'] as const;

/** What the sender says of one piece of an upload. */
export interface PieceChecksum {
  readonly algorithm: (typeof checksumAlgorithms)[number];
  readonly digest: Uint8Array;
}

export interface AppendOptions {
  /** Bytes that are there and count; whatever lies behind them is thrown away first. */
  readonly offset: number;
  /** More bytes than this on top → AppError `too_large`. */
  readonly maxBytes: number;
  /** With it the piece counts whole or not at all. */
  readonly checksum?: PieceChecksum | undefined;
  /** Told how many bytes there are in all, whenever so many have reached stable storage. */
  readonly onDurable: (received: number) => Promise<void>;
  /** Called before the file is touched, again and again; once it throws, the file is left as it is. */
  readonly assertHeld?: (() => void) | undefined;
  /** Aborting ends the transfer with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where bytes wait that come in pieces, one file for each upload. Whoever calls holds the upload's lock: nothing here keeps two
 * writers apart.
 *
 * `assertRoom` fails with `storage_full` when there is no room for that many bytes more; nothing is set aside for them.
 *
 * `append` writes the source behind `offset` and answers how many bytes there are then. Whatever ends it early, what has come is kept
 * and told to `onDurable`, unless the piece has a checksum. Fails with `too_large`, `storage_full`, `checksum_mismatch`, `not_found`
 * when the earlier bytes are gone, with the source's error or the signal's reason.
 *
 * `complete` gives the bytes to the staging area's other users: a staged file of its own, which is theirs to discard, while the upload
 * stays until it is removed. Fails with `not_found` unless there are exactly `length` bytes.
 *
 * `remove` does nothing for an upload that has no file. `list` answers the uploads whose file nobody has written to for that long.
 */
export interface ResumableStaging {
  assertRoom(bytes: number): Promise<void>;
  append(id: UploadId, source: Readable, options: AppendOptions): Promise<number>;
  complete(id: UploadId, length: number): Promise<StagedBlob>;
  remove(id: UploadId): Promise<void>;
  list(olderThanMs: number): Promise<UploadId[]>;
}
