import type { ClientReader, ClientWriter } from '@vitrine/core';
import { assetTypes, fold, noQuota } from '@vitrine/schema';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { toClient } from '../rows/client-row.ts';
import { toStats } from '../rows/stats-row.ts';
import { containing } from './like.ts';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleClient } from './visibility.ts';

export function createClientRepository(context: RepositoryContext): ClientReader & ClientWriter {
  const { db, tables, dialect } = context;
  const {
    clients,
    clientCounters,
    clientGrants,
    clientQuotas,
    uploads,
    campaigns,
    assets,
    tags,
    collections,
    shareLinks,
    shareVisits,
  } = tables;

  const byId = once(() =>
    db
      .select()
      .from(clients)
      .where(eq(clients.id, sql.placeholder('id')))
      .prepare(),
  );
  const countersOf = once(() =>
    db
      .select({ type: clientCounters.type, count: clientCounters.count, bytes: clientCounters.bytes })
      .from(clientCounters)
      .where(eq(clientCounters.clientId, sql.placeholder('id')))
      .prepare(),
  );

  const quotaOf = once(() =>
    db
      .select({ maxBytes: clientQuotas.maxBytes, maxAssets: clientQuotas.maxAssets })
      .from(clientQuotas)
      .where(eq(clientQuotas.clientId, sql.placeholder('id')))
      .prepare(),
  );

  return {
    async find(id) {
      const [row] = await byId().execute({ id });
      return row ? toClient(row) : null;
    },

    async list({ visibility, text, includeArchived }) {
      const rows = await db
        .select()
        .from(clients)
        .where(
          and(
            visibleClient(context, clients.id, visibility),
            includeArchived ? undefined : isNull(clients.archivedAt),
            text ? sql`${clients.searchText} like ${containing(text)} escape '\\'` : undefined,
          ),
        )
        .orderBy(
          asc(dialect.byCodePoint(sql`${clients.searchText}`)),
          asc(dialect.byCodePoint(sql`${clients.name}`)),
          asc(clients.id),
        );
      return rows.map(toClient);
    },

    async stats(id) {
      return toStats(await countersOf().execute({ id }));
    },

    async quota(id) {
      const [row] = await quotaOf().execute({ id });
      return row ?? noQuota;
    },

    async setQuota(clientId, quota) {
      await db
        .insert(clientQuotas)
        .values({ clientId, ...quota })
        .onConflictDoUpdate({ target: clientQuotas.clientId, set: quota });
    },

    lockQuota(id) {
      return dialect.lockRow(db, {
        table: sql`${clientQuotas}`,
        where: sql`${clientQuotas.clientId} = ${id}`,
      });
    },

    async insert({ at, updatedAt = at, ...client }) {
      const [row] = await db
        .insert(clients)
        .values({
          ...client,
          searchText: fold(client.name),
          createdAt: at,
          updatedAt,
          archivedAt: null,
          rowVersion: 1,
        })
        .returning();
      await db
        .insert(clientCounters)
        .values(assetTypes.map((type) => ({ clientId: client.id, type, count: 0, bytes: 0 })));
      // Whoever makes a client manages it.
      await db.insert(clientGrants).values({
        clientId: client.id,
        userId: client.userId,
        role: 'manager',
        grantedBy: client.userId,
        createdAt: at,
      });
      if (!row) throw new Error('The insert of a client answered no row.');
      return toClient(row);
    },

    async update({ id, expectedRowVersion, patch, at }) {
      const [row] = await db
        .update(clients)
        .set({
          ...patch,
          ...(patch.name !== undefined && { searchText: fold(patch.name) }),
          updatedAt: at,
          rowVersion: expectedRowVersion + 1,
        })
        .where(and(eq(clients.id, id), eq(clients.rowVersion, expectedRowVersion)))
        .returning();
      return row ? toClient(row) : null;
    },

    async delete(id, expectedRowVersion) {
      // Locked first: whoever adds a campaign or an asset meanwhile waits, and then fails on the foreign key.
      await dialect.lockRow(db, { table: sql`${clients}`, where: sql`${clients.id} = ${id}` });
      const [campaign] = await db
        .select({ id: campaigns.id })
        .from(campaigns)
        .where(eq(campaigns.clientId, id))
        .limit(1);
      const [asset] = await db.select({ id: assets.id }).from(assets).where(eq(assets.clientId, id)).limit(1);
      if (campaign || asset) return 'not_empty';
      const [unchanged] = await db
        .select({ id: clients.id })
        .from(clients)
        .where(and(eq(clients.id, id), eq(clients.rowVersion, expectedRowVersion)));
      if (!unchanged) return 'edited';
      await db.delete(tags).where(eq(tags.clientId, id));
      const links = db.select({ id: shareLinks.id }).from(shareLinks).where(eq(shareLinks.clientId, id));
      await db.delete(shareVisits).where(inArray(shareVisits.shareId, links));
      await db.delete(shareLinks).where(eq(shareLinks.clientId, id));
      // Without assets their lists are empty.
      await db.delete(collections).where(eq(collections.clientId, id));
      await db.delete(clientCounters).where(eq(clientCounters.clientId, id));
      await db.delete(clientGrants).where(eq(clientGrants.clientId, id));
      await db.delete(clientQuotas).where(eq(clientQuotas.clientId, id));
      // Nothing has come of these yet; their bytes go with the next sweep.
      await db.delete(uploads).where(eq(uploads.clientId, id));
      await db.delete(clients).where(eq(clients.id, id));
      return 'deleted';
    },
  };
}
