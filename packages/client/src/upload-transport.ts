import type { ResumeStore } from './resume-store.ts';
import type { UploadProgress, UploadSource } from './upload-source.ts';

export type Fetch = typeof globalThis.fetch;

export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The form's text fields. They are sent before the file, so that a refusal need not wait for its bytes. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly source: UploadSource;
  /** Used instead of the platform's own way when given. */
  readonly fetch?: Fetch | undefined;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface UploadAnswer {
  readonly status: number;
  /** By its name in lower case; null when it did not come. */
  readonly header: (name: string) => string | null;
  readonly body: string;
}

/**
 * Sends one multipart form and resolves with the answer, whatever its status. Rejects with the signal's reason when
 * aborted, with a `TypeError` for a source that this platform cannot read, and with the platform's error when no answer
 * came. There is one for Node and one for browsers; `#upload-transport` in package.json says who gets which.
 */
export type SendUpload = (request: UploadRequest) => Promise<UploadAnswer>;

/** A file whose bytes can be read again, from anywhere. */
export interface RereadableFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The same for the same bytes, as far as one can tell without reading them; null when nothing can be told. */
  readonly identity: string | null;
  /** A path where there are paths. */
  readonly content: Blob | string;
}

/** The file that a path names; null for a source that is none. Rejects as `SendUpload` does. */
export type OpenRereadable = (source: Exclude<UploadSource, Blob>) => Promise<RereadableFile | null>;

export interface PieceRequest extends Pick<UploadRequest, 'url' | 'headers' | 'fetch' | 'signal'> {
  readonly method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE';
  /** The body: the bytes from `start` up to and without `end`; null: none. */
  readonly piece: { readonly file: RereadableFile; readonly start: number; readonly end: number } | null;
  /** Told how many bytes of the piece have been handed to the network. */
  readonly onSent?: (bytes: number) => void;
}

/** The name of the error of a file that could not be read while it was sent: to send it again would not help. */
export type UnreadableFile = 'UnreadableFile';

/** Sends one request with a piece of a file; resolves and rejects as `SendUpload` does, and with an error named `UnreadableFile`. */
export type SendPiece = (request: PieceRequest) => Promise<UploadAnswer>;

export type OpenResumeStore = (file: string) => ResumeStore;
