import { type AuditQuery, toTimestamp } from '@vitrine/core';
import type { AuditEntry } from '@vitrine/schema';
import { aliasedTable, and, desc, eq, gte, inArray, like, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';
import { visibleAsset, visibleCampaign } from './visibility.ts';

type Who = AuditEntry['who'];

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Leaves out what was done to what may not be seen. What is gone for good is seen by those who see all of a client. */
function onlyVisible(context: RepositoryContext, { visibility }: AuditQuery): SQL | undefined {
  if (visibility.kind === 'all') return undefined;
  const { db, tables } = context;
  const { assets, auditEvents, campaigns } = tables;
  const shown = {
    asset: db.select({ id: assets.id }).from(assets).where(visibleAsset(context, visibility)),
    campaign: db.select({ id: campaigns.id }).from(campaigns).where(visibleCampaign(context, visibility)),
  };
  return and(
    ...Object.entries(shown).map(([type, ids]) =>
      or(ne(auditEvents.targetType, type), sql`${auditEvents.targetId} in ${ids}`),
    ),
  );
}

function actionIs({ tables: { auditEvents } }: RepositoryContext, action: string): SQL {
  return action.includes('.') ? eq(auditEvents.action, action) : like(auditEvents.action, `${action}.%`);
}

function conditionOf(context: RepositoryContext, query: AuditQuery): SQL | undefined {
  const { db, tables } = context;
  const { apiKeys, auditEvents } = tables;
  const { assetId, clientId, actorId, action, from, to, beforeSeq } = query;
  const keysOf = (userId: string) =>
    db.select({ id: apiKeys.id }).from(apiKeys).where(sql`${apiKeys.referenceId} = ${userId}`);
  return and(
    assetId && and(eq(auditEvents.targetType, 'asset'), eq(auditEvents.targetId, assetId)),
    clientId && eq(auditEvents.clientId, clientId),
    actorId === undefined
      ? undefined
      : or(eq(auditEvents.actorId, actorId), sql`${auditEvents.actorId} in ${keysOf(actorId)}`),
    action === undefined ? undefined : actionIs(context, action),
    from === undefined ? undefined : gte(auditEvents.at, from),
    to === undefined ? undefined : lt(auditEvents.at, to),
    beforeSeq === undefined ? undefined : lt(auditEvents.seq, beforeSeq),
    onlyVisible(context, query),
  );
}

/** The names of keys that are gone: the log has kept what they were called and whose they were. */
async function goneKeys(
  context: RepositoryContext,
  ids: readonly string[],
): Promise<Map<string, Partial<Who>>> {
  if (ids.length === 0) return new Map();
  const { db, tables } = context;
  const { auditEvents, users } = tables;
  const made = await db
    .select({ id: auditEvents.targetId, after: auditEvents.after })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.targetType, 'apikey'),
        inArray(auditEvents.targetId, [...new Set(ids)]),
        eq(auditEvents.action, 'apikey.create'),
      ),
    );
  const keys = made.map(({ id, after }) => ({
    id,
    name: textOf(after?.['name']),
    userId: textOf(after?.['referenceId']),
  }));
  if (keys.length === 0) return new Map();
  const owners = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(sql`${users.id} in ${keys.map(({ userId }) => userId)}`);
  const emails = new Map<string, string>(owners.map(({ id, email }) => [id, email]));
  return new Map(
    keys.map(({ id, name, userId }) => [id, { name, userId, email: emails.get(userId ?? '') ?? null }]),
  );
}

/** The newest events first, with who did them. */
export async function recentEvents(context: RepositoryContext, query: AuditQuery): Promise<AuditEntry[]> {
  const { db, tables } = context;
  const { apiKeys, auditEvents, users } = tables;
  const keyUsers = aliasedTable(users, 'key_users');
  const rows = await db
    .select({
      event: auditEvents,
      user: { id: users.id, name: users.name, email: users.email },
      key: { id: apiKeys.id, name: apiKeys.name },
      keyUser: { id: keyUsers.id, email: keyUsers.email },
    })
    .from(auditEvents)
    .leftJoin(users, and(eq(auditEvents.actorKind, 'user'), sql`${users.id} = ${auditEvents.actorId}`))
    .leftJoin(apiKeys, and(eq(auditEvents.actorKind, 'api_key'), eq(apiKeys.id, auditEvents.actorId)))
    .leftJoin(keyUsers, eq(keyUsers.id, apiKeys.referenceId))
    .where(conditionOf(context, query))
    .orderBy(desc(auditEvents.seq))
    .limit(query.limit);
  const gone = await goneKeys(
    context,
    rows.flatMap(({ event, key }) =>
      event.actorKind === 'api_key' && !key && event.actorId !== null ? [event.actorId] : [],
    ),
  );
  return rows.map(({ event, user, key, keyUser }) => {
    const { actorKind, actorId, previousHash: _previousHash, hash: _hash, ...kept } = event;
    const who: Who = {
      kind: actorKind,
      id: actorId,
      userId: actorKind === 'user' ? actorId : (keyUser?.id ?? null),
      name: user?.name ?? key?.name ?? null,
      email: user?.email ?? keyUser?.email ?? null,
      ...(actorId !== null && gone.get(actorId)),
    };
    return { ...kept, at: toTimestamp(event.at), who };
  });
}
