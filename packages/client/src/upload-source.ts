/** Bytes that come from somewhere else than a file, e.g. a download that is being passed on. */
export interface NamedStream {
  /** The file's name with its extension. */
  readonly name: string;
  readonly stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
  /** Bytes, when known: then the request says how long it is, and progress has a total. */
  readonly size?: number;
}

/**
 * What can be uploaded. Everywhere: a `File` or `Blob`. In Node, Deno and Bun also a path, a `file:` URL or a named stream,
 * all of which are sent as they are read: the file is never in memory as a whole.
 */
export type UploadSource = Blob | string | URL | NamedStream;

export interface UploadProgress {
  /** Bytes of the file that have been handed to the network. */
  readonly sent: number;
  /** Bytes of the whole file; null for a stream whose size is not known. */
  readonly total: number | null;
}
