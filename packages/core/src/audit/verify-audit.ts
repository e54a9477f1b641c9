import type { AuditEvent } from '@vitrine/schema';
import type { Database } from '../ports/database.ts';
import { auditGenesis, auditHash } from './audit-hash.ts';

/** An event as somebody noted it elsewhere: the log has to hold it still. */
export interface AuditMark {
  readonly seq: number;
  readonly hash: string;
}

/** What the walk along the chain found. */
export type AuditVerdict =
  | {
      readonly ok: true;
      readonly events: number;
      /** The last event. Noted outside of the database it shows later that nothing was cut off the end. Null: the log is empty. */
      readonly head: AuditMark | null;
    }
  | {
      readonly ok: false;
      /** How many events before it are as they were written. */
      readonly events: number;
      /** The first number at which something is wrong. */
      readonly seq: number;
      readonly problem: string;
    };

interface VerifyOptions {
  readonly database: Database;
  /** An event that has to be there. */
  readonly mark?: AuditMark | undefined;
  /** Events that are held at once. */
  readonly pageSize?: number;
}

/** The events behind one; null when one of them cannot even be read: a row may hold what is no JSON or no time. */
async function page(database: Database, afterSeq: number, limit: number): Promise<AuditEvent[] | null> {
  try {
    return await database.read((readers) => readers.audit.list({ afterSeq, limit }));
  } catch {
    // Rejects when it is not the row but the database.
    await database.check();
    return null;
  }
}

function problemOf(event: AuditEvent, { seq, hash }: AuditMark, mark: AuditMark | undefined): string | null {
  if (event.seq !== seq + 1) return `is missing; the next one is ${event.seq}`;
  if (event.previousHash !== hash) return 'does not follow from the event before it';
  const { previousHash, hash: noted, ...content } = event;
  if (auditHash(previousHash, content) !== noted) return 'is not what was written';
  if (mark?.seq === event.seq && mark.hash !== noted) return `has not the hash ${mark.hash} that was noted`;
  return null;
}

/**
 * Walks the whole audit log, a page at a time: every event has to be numbered without a gap, follow from the one before and be what
 * was written. What is appended meanwhile is walked too. Whoever may write the file could make the whole chain anew, or cut off its
 * end: only a `mark` that is kept elsewhere shows that.
 */
export async function verifyAudit({ database, mark, pageSize = 1000 }: VerifyOptions): Promise<AuditVerdict> {
  let last: AuditMark = { seq: 0, hash: auditGenesis };
  let limit = pageSize;
  for (;;) {
    const events = await page(database, last.seq, limit);
    if (!events) {
      if (limit === 1) return { ok: false, events: last.seq, seq: last.seq + 1, problem: 'cannot be read' };
      limit = 1;
      continue;
    }
    for (const event of events) {
      const problem = problemOf(event, last, mark);
      if (problem !== null) return { ok: false, events: last.seq, seq: last.seq + 1, problem };
      last = event;
    }
    if (events.length === 0) break;
  }
  if (mark && mark.seq > last.seq) {
    return { ok: false, events: last.seq, seq: last.seq + 1, problem: `is missing; ${mark.seq} was noted` };
  }
  return { ok: true, events: last.seq, head: last.seq === 0 ? null : { seq: last.seq, hash: last.hash } };
}
