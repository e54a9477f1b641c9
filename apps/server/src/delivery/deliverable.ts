import type { Readable } from 'node:stream';
import type { BlobStoreName, ByteRange } from '@vitrine/core';
import type { Sha256 } from '@vitrine/schema';

/** Where bytes come from: a stored blob, this process, or something that is kept beside the library. */
type Content =
  | { readonly kind: 'blob'; readonly sha256: Sha256; readonly store: BlobStoreName }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'stream'; readonly open: (range: ByteRange) => Promise<Readable> };

/** Bytes that the caller may have, and what they are served as. */
export interface Deliverable {
  readonly content: Content;
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  /** What it is saved as. */
  readonly fileName: string;
  /** Whether a browser may show it in place. */
  readonly inline: boolean;
  /** Of the bytes as they are stored: what an address is bound to. */
  readonly sha256: Sha256;
  /** Of the asset; null where the hash alone tells whether the bytes are the ones that were meant. */
  readonly version: number | null;
  /** With its quotes; strong: other bytes, other tag. */
  readonly etag: string;
  /** As HTTP writes a time. */
  readonly lastModified: string;
}
