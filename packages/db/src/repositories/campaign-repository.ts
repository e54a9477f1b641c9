import type { CampaignReader, CampaignWriter } from '@vitrine/core';
import { assetTypes } from '@vitrine/schema';
import { and, desc, eq, sql } from 'drizzle-orm';
import { toCampaign } from '../rows/campaign-row.ts';
import { toStats } from '../rows/stats-row.ts';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleCampaign } from './visibility.ts';

export function createCampaignRepository(context: RepositoryContext): CampaignReader & CampaignWriter {
  const { db, tables, dialect } = context;
  const { campaigns, campaignCounters, campaignGrants, assets } = tables;

  const byId = once(() =>
    db
      .select()
      .from(campaigns)
      .where(eq(campaigns.id, sql.placeholder('id')))
      .prepare(),
  );
  const countersOf = once(() =>
    db
      .select({ type: campaignCounters.type, count: campaignCounters.count, bytes: campaignCounters.bytes })
      .from(campaignCounters)
      .where(eq(campaignCounters.campaignId, sql.placeholder('id')))
      .prepare(),
  );

  return {
    async find(id) {
      const [row] = await byId().execute({ id });
      return row ? toCampaign(row) : null;
    },

    async list({ visibility, clientId }) {
      const rows = await db
        .select()
        .from(campaigns)
        .where(
          and(clientId ? eq(campaigns.clientId, clientId) : undefined, visibleCampaign(context, visibility)),
        )
        .orderBy(desc(campaigns.createdAt), desc(campaigns.id));
      return rows.map(toCampaign);
    },

    async stats(id) {
      return toStats(await countersOf().execute({ id }));
    },

    lock: (id) => dialect.lockRow(db, { table: sql`${campaigns}`, where: sql`${campaigns.id} = ${id}` }),

    async insert({ at, updatedAt = at, ...campaign }) {
      const [row] = await db
        .insert(campaigns)
        .values({ ...campaign, createdAt: at, updatedAt, rowVersion: 1 })
        .returning();
      await db
        .insert(campaignCounters)
        .values(assetTypes.map((type) => ({ campaignId: campaign.id, type, count: 0, bytes: 0 })));
      if (!row) throw new Error('The insert of a campaign answered no row.');
      return toCampaign(row);
    },

    async update({ id, expectedRowVersion, patch, at }) {
      const [row] = await db
        .update(campaigns)
        .set({ ...patch, updatedAt: at, rowVersion: expectedRowVersion + 1 })
        .where(and(eq(campaigns.id, id), eq(campaigns.rowVersion, expectedRowVersion)))
        .returning();
      return row ? toCampaign(row) : null;
    },

    async delete(id, expectedRowVersion) {
      // Locked first: whoever moves an asset here meanwhile waits, and then fails on the foreign key.
      await dialect.lockRow(db, { table: sql`${campaigns}`, where: sql`${campaigns.id} = ${id}` });
      const [asset] = await db
        .select({ id: assets.id })
        .from(assets)
        .where(eq(assets.campaignId, id))
        .limit(1);
      if (asset) return 'not_empty';
      const [unchanged] = await db
        .select({ id: campaigns.id })
        .from(campaigns)
        .where(and(eq(campaigns.id, id), eq(campaigns.rowVersion, expectedRowVersion)));
      if (!unchanged) return 'edited';
      await db.delete(campaignGrants).where(eq(campaignGrants.campaignId, id));
      await db.delete(campaignCounters).where(eq(campaignCounters.campaignId, id));
      await db.delete(campaigns).where(eq(campaigns.id, id));
      return 'deleted';
    },
  };
}
