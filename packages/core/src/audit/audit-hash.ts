import { createHash } from 'node:crypto';
import type { AuditEvent } from '@vitrine/schema';
import { canonicalJson } from '../canonical-json.ts';

/** What the first event is chained to. */
export const auditGenesis = '0'.repeat(64);

/** SHA-256 over the previous event's hash and this event's content: one changed or missing event breaks the chain. */
export function auditHash(previousHash: string, event: Omit<AuditEvent, 'hash' | 'previousHash'>): string {
  return createHash('sha256').update(previousHash).update(canonicalJson(event)).digest('hex');
}
