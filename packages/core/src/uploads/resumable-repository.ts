import type { ClientId, UploadFields, UploadId, UploadResult, UserId } from '@vitrine/schema';

/** An upload that comes in pieces. */
export interface ResumableUpload {
  readonly id: UploadId;
  readonly userId: UserId;
  readonly clientId: ClientId;
  readonly fields: UploadFields;
  /** As the sender wrote it. */
  readonly metadata: string | null;
  readonly fileName: string;
  /** Bytes in all; null until the sender knows. */
  readonly length: number | null;
  /** Bytes that are on stable storage. */
  readonly received: number;
  readonly result: UploadResult | null;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** Who holds an upload's lock: one request of one process. */
export interface UploadHolder {
  readonly id: UploadId;
  readonly holder: string;
}

export interface ResumableReader {
  find(id: UploadId): Promise<ResumableUpload | null>;
  /** Uploads whose time was over before a moment, in milliseconds; a thousand at most. */
  expired(before: number): Promise<UploadId[]>;
}

/** Every change but the first names the holder, and happens only while that one has the lock: then the answer is true. */
export interface ResumableWriter {
  /** Born locked. */
  insert(
    upload: Omit<ResumableUpload, 'received' | 'result'> & {
      readonly holder: string;
      readonly lockedUntil: number;
      readonly at: number;
    },
  ): Promise<void>;
  /** Takes the lock if nobody has it, or whoever had it let its time pass; keeps it longer for the one who has it. Milliseconds. */
  lock(lock: UploadHolder & { readonly at: number; readonly until: number }): Promise<boolean>;
  unlock(lock: UploadHolder): Promise<void>;
  /** Says how long the upload is, which nobody has said before. */
  setLength(change: UploadHolder & { readonly length: number }): Promise<boolean>;
  setReceived(
    change: UploadHolder & { readonly received: number; readonly expiresAt: number },
  ): Promise<boolean>;
  setResult(change: UploadHolder & { readonly result: UploadResult }): Promise<boolean>;
  delete(lock: UploadHolder): Promise<boolean>;
}
