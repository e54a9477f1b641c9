import {
  type GivenRole,
  type GrantKey,
  type GrantReader,
  type GrantWriter,
  toTimestamp,
} from '@vitrine/core';
import { type Grant, grantSchema } from '@vitrine/schema';
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

export function createGrantRepository({ db, tables }: RepositoryContext): GrantReader & GrantWriter {
  const { assets, assetGrants, campaignGrants, clientGrants, hiddenAssets, users } = tables;
  const person = { id: users.id, name: users.name, email: users.email };

  const ofClients = (condition: SQL | undefined) =>
    db
      .select({
        person,
        clientId: clientGrants.clientId,
        role: clientGrants.role,
        at: clientGrants.createdAt,
      })
      .from(clientGrants)
      .innerJoin(users, eq(users.id, clientGrants.userId))
      .where(condition)
      .orderBy(asc(users.email));
  const ofCampaigns = (condition: SQL | undefined) =>
    db
      .select({
        person,
        clientId: campaignGrants.clientId,
        campaignId: campaignGrants.campaignId,
        role: campaignGrants.role,
        at: campaignGrants.createdAt,
      })
      .from(campaignGrants)
      .innerJoin(users, eq(users.id, campaignGrants.userId))
      .where(condition)
      .orderBy(asc(campaignGrants.campaignId), asc(users.email));
  const ofAssets = (condition: SQL | undefined) =>
    db
      .select({
        person,
        clientId: assetGrants.clientId,
        assetId: assetGrants.assetId,
        role: assetGrants.role,
        at: assetGrants.createdAt,
      })
      .from(assetGrants)
      .innerJoin(users, eq(users.id, assetGrants.userId))
      .where(condition)
      .orderBy(asc(assetGrants.assetId), asc(users.email));

  const toGrant =
    (kind: Grant['kind']) =>
    ({ at, ...row }: { readonly at: number }): Grant =>
      grantSchema.parse({ kind, ...row, createdAt: toTimestamp(at) });

  const isClientGrant = ({ userId, clientId }: GrantKey) =>
    and(eq(clientGrants.userId, userId), eq(clientGrants.clientId, clientId));
  const isCampaignGrant = ({ userId, campaignId }: GrantKey & { kind: 'campaign' }) =>
    and(eq(campaignGrants.userId, userId), eq(campaignGrants.campaignId, campaignId));
  const isAssetGrant = ({ userId, assetId }: GrantKey & { kind: 'asset' }) =>
    and(eq(assetGrants.userId, userId), eq(assetGrants.assetId, assetId));

  async function grantsOf(key: GrantKey): Promise<Grant[]> {
    switch (key.kind) {
      case 'client':
        return (await ofClients(isClientGrant(key))).map(toGrant('client'));
      case 'campaign':
        return (await ofCampaigns(isCampaignGrant(key))).map(toGrant('campaign'));
      case 'asset':
        return (await ofAssets(isAssetGrant(key))).map(toGrant('asset'));
      default:
        return key satisfies never;
    }
  }

  async function removed(key: GrantKey): Promise<readonly unknown[]> {
    switch (key.kind) {
      case 'client':
        return db.delete(clientGrants).where(isClientGrant(key)).returning();
      case 'campaign':
        return db.delete(campaignGrants).where(isCampaignGrant(key)).returning();
      case 'asset':
        return db.delete(assetGrants).where(isAssetGrant(key)).returning();
      default:
        return key satisfies never;
    }
  }

  async function insert(grant: GivenRole & { grantedBy: Grant['person']['id']; createdAt: number }) {
    const { grantedBy, createdAt } = grant;
    switch (grant.kind) {
      case 'client':
        await db
          .insert(clientGrants)
          .values(grant)
          .onConflictDoUpdate({
            target: [clientGrants.userId, clientGrants.clientId],
            set: { role: grant.role, grantedBy, createdAt },
          });
        return;
      case 'campaign':
        await db
          .insert(campaignGrants)
          .values(grant)
          .onConflictDoUpdate({
            target: [campaignGrants.userId, campaignGrants.campaignId],
            set: { role: grant.role, grantedBy, createdAt },
          });
        return;
      case 'asset':
        await db
          .insert(assetGrants)
          .values(grant)
          .onConflictDoUpdate({
            target: [assetGrants.userId, assetGrants.assetId],
            set: { role: grant.role, grantedBy, createdAt },
          });
        return;
      default:
        grant satisfies never;
    }
  }

  const hiding = {
    assetId: hiddenAssets.assetId,
    clientId: hiddenAssets.clientId,
    campaignId: assets.campaignId,
    until: hiddenAssets.until,
  };

  return {
    async list(clientId) {
      return [
        ...(await ofClients(eq(clientGrants.clientId, clientId))).map(toGrant('client')),
        ...(await ofCampaigns(eq(campaignGrants.clientId, clientId))).map(toGrant('campaign')),
        ...(await ofAssets(eq(assetGrants.clientId, clientId))).map(toGrant('asset')),
      ];
    },

    async find(key) {
      const [grant] = await grantsOf(key);
      return grant ?? null;
    },

    people: () =>
      db
        .select(person)
        .from(users)
        .where(and(isNull(users.disabledAt), eq(users.role, 'member')))
        .orderBy(asc(users.email)),

    async hiding(id) {
      const [row] = await db
        .select(hiding)
        .from(hiddenAssets)
        .innerJoin(assets, eq(assets.id, hiddenAssets.assetId))
        .where(eq(hiddenAssets.assetId, id));
      return row ?? null;
    },

    async put({ at, ...grant }) {
      await insert({ ...grant, createdAt: at });
    },

    async remove(key) {
      return (await removed(key)).length > 0;
    },

    async hide({ at, ...hidden }) {
      const { until, hiddenBy } = hidden;
      await db
        .insert(hiddenAssets)
        .values({ ...hidden, createdAt: at })
        .onConflictDoUpdate({ target: hiddenAssets.assetId, set: { until, hiddenBy, createdAt: at } });
    },

    async show(id) {
      return (await db.delete(hiddenAssets).where(eq(hiddenAssets.assetId, id)).returning()).length > 0;
    },
  };
}
