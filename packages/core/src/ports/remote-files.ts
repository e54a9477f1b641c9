import type { Readable } from 'node:stream';

/** A file at somebody else's server, whose bytes are about to arrive. */
export interface RemoteFile {
  /** The caller consumes or destroys it. It fails with `fetch_failed` when the bytes stop coming. */
  readonly stream: Readable;
  /** Bytes, as announced; null when they were not. */
  readonly size: number | null;
  /** As the server names it, or the address does. */
  readonly fileName: string;
}

/**
 * Fetches files by address, without being made to reach what only this machine can reach: each name is resolved, each address it
 * stands for is judged, and the connection goes to just those addresses, again at every redirect.
 *
 * `open` resolves when the headers are there. It fails with `url_not_allowed` (never to be tried again) and with `fetch_failed` (the
 * server could not be reached, was too slow or answered something else than a file).
 */
export interface RemoteFiles {
  open(url: string, options: { readonly signal: AbortSignal }): Promise<RemoteFile>;
}
