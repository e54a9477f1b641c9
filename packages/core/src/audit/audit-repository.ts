import type { AuditEvent } from '@vitrine/schema';

/** An event before the log has numbered and chained it. */
export type NewAuditEvent = Omit<AuditEvent, 'seq' | 'previousHash' | 'hash' | 'at'> & {
  /** Milliseconds. */
  readonly at: number;
};

export interface AuditReader {
  /** Events in order of `seq`, after `afterSeq`. */
  list(options: { readonly afterSeq: number; readonly limit: number }): Promise<AuditEvent[]>;
}

export interface AuditWriter {
  /** Adds an event behind the last one, with `hash = auditHash(previousHash, event)`. Events are never changed. */
  append(event: NewAuditEvent): Promise<void>;
}
