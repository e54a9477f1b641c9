import type { ServerResponse } from 'node:http';

/** Bytes that are at hand, so that nothing but the connection can fail any more once the headers are out. */
export interface Body {
  /**
   * Writes the bytes and ends the answer. Resolves when the connection took them, and releases what it holds whatever
   * happens; rejects when the reader went away or the rest could not be read.
   */
  sendTo(response: ServerResponse): Promise<void>;
  /** Releases what it holds, when it is not sent after all. */
  discard(): Promise<void>;
}

/** Bytes in memory. */
export function bytesBody(bytes: Buffer): Body {
  return {
    async sendTo(response) {
      response.end(bytes);
    },
    async discard() {},
  };
}
