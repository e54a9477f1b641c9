import { createHash } from 'node:crypto';
import type { AuditEvent } from '@vitrine/schema';

/** What the first event is chained to. */
export const auditGenesis = '0'.repeat(64);

/** JSON with the keys in order, so that equal events have equal text on every dialect. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** SHA-256 over the previous event's hash and this event's content: one changed or missing event breaks the chain. */
export function auditHash(previousHash: string, event: Omit<AuditEvent, 'hash' | 'previousHash'>): string {
  return createHash('sha256').update(previousHash).update(canonical(event)).digest('hex');
}
