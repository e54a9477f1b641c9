import type { ClientId, QuarantinePosition, Sha256, UserId } from '@vitrine/schema';

/** A file that a scan or an import refused. */
export interface QuarantinedRecord {
  readonly id: string;
  readonly clientId: ClientId;
  readonly userId: UserId;
  readonly fileName: string;
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  /** What the scan said, or why it is no asset. */
  readonly reason: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface QuarantineReader {
  find(id: string): Promise<QuarantinedRecord | null>;
  /** What came last first, from behind the position. */
  list(query: { readonly after?: QuarantinePosition; readonly limit: number }): Promise<QuarantinedRecord[]>;
  /** Whether any file there has these bytes. */
  holds(sha256: Sha256): Promise<boolean>;
}

export interface QuarantineWriter {
  insert(file: QuarantinedRecord): Promise<void>;
  /** Answers whether it was there: of two that take it away at once, one does. */
  remove(id: string): Promise<boolean>;
}
