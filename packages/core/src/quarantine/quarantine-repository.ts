import type { ClientId, Sha256, UserId } from '@vitrine/schema';

/** A file that a scan refused. */
export interface QuarantinedFile {
  readonly id: string;
  readonly clientId: ClientId;
  readonly userId: UserId;
  readonly fileName: string;
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  /** What the scan said. */
  readonly reason: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface QuarantineWriter {
  insert(file: QuarantinedFile): Promise<void>;
}
