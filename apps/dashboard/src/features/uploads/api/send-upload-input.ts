import type { UploadFile, UploadTarget } from '../upload-queue.ts';

export interface SendUploadInput extends UploadFile {
  readonly target: UploadTarget;
  /** Stops the upload; the promise then rejects with `UploadRefused`. */
  readonly signal: AbortSignal;
  /** Bytes of the file that have left. */
  readonly onProgress: (sent: number) => void;
}
