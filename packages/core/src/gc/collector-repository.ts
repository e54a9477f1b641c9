import type { Sha256 } from '@vitrine/schema';
import type { BlobRow } from '../uploads/blob-repository.ts';

/** Whose deletion it is: the moment at which it was begun or last renewed. */
export interface Lease {
  readonly sha256: Sha256;
  readonly since: number;
}

export interface MarkedPage {
  readonly last: Sha256;
  readonly marked: number;
}

export interface CollectorReader {
  /** Those of these hashes that no row knows. */
  unknown(sha256s: readonly Sha256[]): Promise<Sha256[]>;
  /** Rows that are marked since then or earlier and that nothing points at, oldest mark first. */
  due(query: { readonly by: number; readonly limit: number }): Promise<BlobRow[]>;
}

/** What the collector writes. A row goes in this order: marked, being deleted, gone; the bytes go before the row. */
export interface CollectorWriter {
  /** Marks those of these that nothing points at. Answers how many are marked anew. `at` in milliseconds. */
  mark(marked: { readonly sha256s: readonly Sha256[]; readonly at: number }): Promise<number>;
  /** Walks all rows in pages and marks what nothing points at: null when it has come to the end. */
  markPage(page: {
    readonly after: Sha256 | null;
    readonly limit: number;
    readonly at: number;
  }): Promise<MarkedPage | null>;
  /** Gives bytes that no row knows a row with a mark. */
  adopt(blobs: readonly BlobRow[], at: number): Promise<void>;
  /** Says of those that are still marked since then, and still unused, that their bytes are being deleted now. */
  beginDeleting(query: {
    readonly by: number;
    readonly limit: number;
    readonly at: number;
  }): Promise<BlobRow[]>;
  /** Takes over what another collector began and did not end since then: its lease is over. */
  takeOver(query: { readonly by: number; readonly limit: number; readonly at: number }): Promise<BlobRow[]>;
  /** Renews the lease on a row that was begun or taken over at `since`; false when somebody else has it by now. */
  renew(lease: Lease & { readonly at: number }): Promise<boolean>;
  /** Removes a row whose bytes are gone. */
  forget(lease: Lease): Promise<void>;
}
