import type { AuditMark, BlobRow } from '@vitrine/core';

/** What a copy of a database holds: enough to tell later whether it still does, and which files belong to it. */
export interface DatabaseCopy {
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The newest migration that it has. */
  readonly migration: string;
  /** The last event of its audit log. */
  readonly auditHead: AuditMark | null;
  /** Every blob but those whose bytes were being deleted. */
  readonly blobs: readonly BlobRow[];
  /** Files that were refused and are kept. */
  readonly quarantined: readonly Pick<BlobRow, 'sha256' | 'size'>[];
}

/** The same on both databases. */
export const copyQueries = {
  blobs: 'select sha256, size, store from blobs where deleting_at is null order by sha256',
  quarantined: 'select sha256, max(size) as size from quarantined_files group by sha256 order by sha256',
  auditHead: 'select seq, hash from audit_events order by seq desc limit 1',
} as const;
