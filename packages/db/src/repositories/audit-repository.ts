import { type AuditReader, type AuditWriter, auditGenesis, auditHash, toTimestamp } from '@vitrine/core';
import type { AuditEvent } from '@vitrine/schema';
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { Tables } from '../portable-database.ts';
import { once } from './once.ts';
import { recentEvents } from './recent-events.ts';
import type { RepositoryContext } from './repository-context.ts';

type AuditRow = Tables['auditEvents']['$inferSelect'];

function toEvent(row: AuditRow): AuditEvent {
  return { ...row, at: toTimestamp(row.at) };
}

/** What JSON keeps of a value: the hash is over what will be read back, not over what was handed in. */
function asStored(value: Record<string, unknown> | null): Record<string, unknown> | null {
  return value === null ? null : JSON.parse(JSON.stringify(value));
}

const value = (name: string) => sql.placeholder(name);
const toJson = (content: object | null) => (content === null ? null : JSON.stringify(content));

export function createAuditRepository(context: RepositoryContext): AuditReader & AuditWriter {
  const { db, tables, dialect } = context;
  const { auditEvents } = tables;

  const last = once(() =>
    db
      .select({ seq: auditEvents.seq, hash: auditEvents.hash })
      .from(auditEvents)
      .orderBy(desc(auditEvents.seq))
      .limit(1)
      .prepare(),
  );
  const insert = once(() =>
    db
      .insert(auditEvents)
      .values({
        seq: value('seq'),
        at: value('at'),
        actorKind: value('actorKind'),
        actorId: value('actorId'),
        action: value('action'),
        targetType: value('targetType'),
        targetId: value('targetId'),
        clientId: value('clientId'),
        // Past the column's encoder, which would make JSON's null of a NULL.
        before: sql`${value('before')}`,
        after: sql`${value('after')}`,
        requestId: value('requestId'),
        address: value('address'),
        previousHash: value('previousHash'),
        hash: value('hash'),
      })
      .prepare(),
  );
  const after = once(() =>
    db
      .select()
      .from(auditEvents)
      .where(gt(auditEvents.seq, sql.placeholder('afterSeq')))
      .orderBy(asc(auditEvents.seq))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );

  return {
    async list({ afterSeq, limit, clientId }) {
      const rows = clientId
        ? await db
            .select()
            .from(auditEvents)
            .where(and(eq(auditEvents.clientId, clientId), gt(auditEvents.seq, afterSeq)))
            .orderBy(asc(auditEvents.seq))
            .limit(limit)
        : await after().execute({ afterSeq, limit });
      return rows.map(toEvent);
    },

    recent: (query) => recentEvents(context, query),

    async append({ at, ...event }) {
      await dialect.lockLogs(db);
      const [previous] = await last().execute();
      const numbered = {
        ...event,
        before: asStored(event.before),
        after: asStored(event.after),
        seq: (previous?.seq ?? 0) + 1,
      };
      const previousHash = previous?.hash ?? auditGenesis;
      const hash = auditHash(previousHash, { ...numbered, at: toTimestamp(at) });
      await insert().execute({
        ...numbered,
        at,
        previousHash,
        hash,
        before: toJson(numbered.before),
        after: toJson(numbered.after),
      });
    },
  };
}
