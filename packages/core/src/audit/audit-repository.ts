import type { AssetId, AuditEntry, AuditEvent, ClientId } from '@vitrine/schema';
import type { Visibility } from '../access/policy.ts';

/** An event before the log has numbered and chained it. */
export type NewAuditEvent = Omit<AuditEvent, 'seq' | 'previousHash' | 'hash' | 'at'> & {
  /** Milliseconds. */
  readonly at: number;
};

/** Which events are looked for; what is left out does not matter. */
export interface AuditQuery {
  readonly assetId?: AssetId | undefined;
  readonly clientId?: ClientId | undefined;
  /** A user, with their keys, or one key. */
  readonly actorId?: string | undefined;
  /** `asset.update`, or `asset` for all that begin with it. */
  readonly action?: string | undefined;
  /** Milliseconds: at or after. */
  readonly from?: number | undefined;
  /** Milliseconds: before. */
  readonly to?: number | undefined;
  readonly beforeSeq?: number | undefined;
  /** Leaves out what was done to assets and campaigns that may not be seen. */
  readonly visibility: Visibility;
  readonly limit: number;
}

export interface AuditReader {
  /** Events in order of `seq`, after `afterSeq`; of one client, if it is named. */
  list(options: {
    readonly afterSeq: number;
    readonly limit: number;
    readonly clientId?: ClientId | undefined;
  }): Promise<AuditEvent[]>;
  /** The newest first, with the names of today of who did it. */
  recent(query: AuditQuery): Promise<AuditEntry[]>;
}

export interface AuditWriter {
  /** Adds an event behind the last one, with `hash = auditHash(previousHash, event)`. Events are never changed. */
  append(event: NewAuditEvent): Promise<void>;
}
