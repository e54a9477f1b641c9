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
  readonly body: string;
}

/**
 * Sends one multipart form and resolves with the answer, whatever its status. Rejects with the signal's reason when
 * aborted, with a `TypeError` for a source that this platform cannot read, and with the platform's error when no answer
 * came. There is one for Node and one for browsers; `#upload-transport` in package.json says who gets which.
 */
export type SendUpload = (request: UploadRequest) => Promise<UploadAnswer>;
