import {
  type ListedShare,
  type ShareReader,
  type ShareWriter,
  type StoredTarget,
  toTimestamp,
  type Visibility,
} from '@vitrine/core';
import type { AssetId, CampaignId, CollectionId, ShareId, ShareTargetKind } from '@vitrine/schema';
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  lt,
  max,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';
import { visibleAsset } from './visibility.ts';

interface TargetColumns {
  readonly kind: ShareTargetKind;
  readonly collectionId: CollectionId | null;
  readonly campaignId: CampaignId | null;
}

/** A check of the table keeps the columns to the kind. */
function targetOf({ kind, collectionId, campaignId }: TargetColumns): StoredTarget {
  switch (kind) {
    case 'asset':
    case 'assets':
      return { kind };
    case 'collection':
      if (collectionId) return { kind, collectionId };
      break;
    case 'campaign':
      if (campaignId) return { kind, campaignId };
      break;
    default:
      return kind satisfies never;
  }
  throw new Error(`A share link to a ${kind} names none.`);
}

/** Links that show something to people without an account. */
export function createShareRepository(context: RepositoryContext): ShareReader & ShareWriter {
  const { db, tables } = context;
  const { shareLinks, shareAssets, shareVisits, assets, users } = tables;

  async function selected(condition: SQL | undefined, limit: number) {
    const rows = await db
      .select({
        id: shareLinks.id,
        clientId: shareLinks.clientId,
        createdBy: { id: users.id, name: users.name, email: users.email },
        name: shareLinks.name,
        recipient: shareLinks.recipient,
        kind: shareLinks.target,
        collectionId: shareLinks.collectionId,
        campaignId: shareLinks.campaignId,
        quality: shareLinks.quality,
        downloads: shareLinks.downloads,
        passwordHash: shareLinks.passwordHash,
        maxUses: shareLinks.maxUses,
        uses: shareLinks.uses,
        expiresAt: shareLinks.expiresAt,
        revokedAt: shareLinks.revokedAt,
        createdAt: shareLinks.createdAt,
      })
      .from(shareLinks)
      .innerJoin(users, eq(users.id, shareLinks.userId))
      .where(condition)
      .orderBy(desc(shareLinks.createdAt), desc(shareLinks.id))
      .limit(limit);
    return rows.map(({ kind, collectionId, campaignId, ...row }) => ({
      ...row,
      target: targetOf({ kind, collectionId, campaignId }),
    }));
  }

  async function assetsOf(ids: readonly ShareId[], visibility: Visibility): Promise<Map<ShareId, AssetId[]>> {
    const found = new Map<ShareId, AssetId[]>();
    if (ids.length === 0) return found;
    const rows = await db
      .select({ shareId: shareAssets.shareId, assetId: shareAssets.assetId })
      .from(shareAssets)
      .innerJoin(assets, eq(assets.id, shareAssets.assetId))
      .where(and(inArray(shareAssets.shareId, [...ids]), visibleAsset(context, visibility)))
      .orderBy(asc(shareAssets.shareId), asc(shareAssets.position), asc(shareAssets.assetId));
    for (const { shareId, assetId } of rows) {
      const known = found.get(shareId);
      if (known) known.push(assetId);
      else found.set(shareId, [assetId]);
    }
    return found;
  }

  async function visitsOf(ids: readonly ShareId[]) {
    if (ids.length === 0) return new Map<ShareId, { downloads: number; last: number }>();
    const rows = await db
      .select({
        shareId: shareVisits.shareId,
        downloads: count(sql`case when ${shareVisits.kind} = 'download' then 1 end`),
        last: max(shareVisits.at),
      })
      .from(shareVisits)
      .where(inArray(shareVisits.shareId, [...ids]))
      .groupBy(shareVisits.shareId);
    return new Map(rows.map(({ shareId, downloads, last }) => [shareId, { downloads, last: last ?? 0 }]));
  }

  async function listed(condition: SQL | undefined, limit: number): Promise<ListedShare[]> {
    const rows = await selected(condition, limit);
    const ids = rows.map(({ id }) => id);
    const shown = await assetsOf(ids, { kind: 'all' });
    const visits = await visitsOf(ids);
    return rows.map((row) => ({
      ...row,
      assetIds: shown.get(row.id) ?? [],
      downloadCount: visits.get(row.id)?.downloads ?? 0,
      lastVisitAt: visits.get(row.id)?.last ?? null,
    }));
  }

  const naming = (assetId: AssetId) =>
    exists(
      db
        .select({ id: shareAssets.assetId })
        .from(shareAssets)
        .where(and(eq(shareAssets.shareId, shareLinks.id), eq(shareAssets.assetId, assetId))),
    );

  return {
    assetsOf,

    async find(id) {
      const [share] = await listed(eq(shareLinks.id, id), 1);
      return share ?? null;
    },

    async findByToken(tokenHash) {
      const [share] = await selected(eq(shareLinks.tokenHash, tokenHash), 1);
      return share ?? null;
    },

    list: ({ clientId, assetId, madeBy, after, limit }) =>
      listed(
        and(
          eq(shareLinks.clientId, clientId),
          assetId && naming(assetId),
          madeBy && eq(shareLinks.userId, madeBy),
          after && sql`(${shareLinks.createdAt}, ${shareLinks.id}) < (${after.at}, ${after.id})`,
        ),
        limit,
      ),

    positions: ({ id, visibility, after, limit }) =>
      db
        .select({ at: shareAssets.position, id: shareAssets.assetId })
        .from(shareAssets)
        .innerJoin(assets, eq(assets.id, shareAssets.assetId))
        .where(
          and(
            eq(shareAssets.shareId, id),
            isNull(assets.trashedAt),
            visibleAsset(context, visibility),
            after && sql`(${shareAssets.position}, ${shareAssets.assetId}) > (${after.at}, ${after.id})`,
          ),
        )
        .orderBy(asc(shareAssets.position), asc(shareAssets.assetId))
        .limit(limit),

    async names({ id, assetId }) {
      const [row] = await db
        .select({ id: shareAssets.assetId })
        .from(shareAssets)
        .where(and(eq(shareAssets.shareId, id), eq(shareAssets.assetId, assetId)));
      return row !== undefined;
    },

    async visits({ id, limit }) {
      const rows = await db
        .select({
          at: shareVisits.at,
          kind: shareVisits.kind,
          assetId: shareVisits.assetId,
          address: shareVisits.address,
          userAgent: shareVisits.userAgent,
        })
        .from(shareVisits)
        .where(eq(shareVisits.shareId, id))
        .orderBy(desc(shareVisits.at), desc(shareVisits.id))
        .limit(limit);
      return rows.map((row) => ({ ...row, at: toTimestamp(row.at) }));
    },

    async insert({ target, assetIds, at, ...share }) {
      await db.insert(shareLinks).values({
        ...share,
        target: target.kind,
        collectionId: target.kind === 'collection' ? target.collectionId : null,
        campaignId: target.kind === 'campaign' ? target.campaignId : null,
        uses: 0,
        revokedAt: null,
        createdAt: at,
      });
      if (assetIds.length === 0) return;
      const { id: shareId, clientId } = share;
      await db
        .insert(shareAssets)
        .values(assetIds.map((assetId, position) => ({ shareId, clientId, assetId, position })));
    },

    lock: (id) =>
      context.dialect.lockRow(db, { table: sql`${shareLinks}`, where: sql`${shareLinks.id} = ${id}` }),

    async update(id, { name, quality, downloads, passwordHash, maxUses, expiresAt }) {
      const settings = { name, quality, downloads, passwordHash, maxUses, expiresAt };
      await db.update(shareLinks).set(settings).where(eq(shareLinks.id, id));
    },

    async revoke(id, at) {
      const rows = await db
        .update(shareLinks)
        .set({ revokedAt: at })
        .where(and(eq(shareLinks.id, id), isNull(shareLinks.revokedAt)))
        .returning({ id: shareLinks.id });
      return rows.length === 1;
    },

    async begin(id) {
      const rows = await db
        .update(shareLinks)
        .set({ uses: sql`${shareLinks.uses} + 1` })
        .where(
          and(
            eq(shareLinks.id, id),
            or(isNull(shareLinks.maxUses), lt(shareLinks.uses, sql`${shareLinks.maxUses}`)),
          ),
        )
        .returning({ id: shareLinks.id });
      return rows.length === 1;
    },

    async addVisit(visit) {
      await db.insert(shareVisits).values(visit);
    },

    async pruneVisits(before) {
      const { id, at, kind, address, userAgent } = shareVisits;
      const opened = await db
        .delete(shareVisits)
        .where(and(lt(at, before), eq(kind, 'open')))
        .returning({ id });
      const saved = await db
        .update(shareVisits)
        .set({ address: null, userAgent: null })
        .where(and(lt(at, before), eq(kind, 'download'), or(isNotNull(address), isNotNull(userAgent))))
        .returning({ id });
      return opened.length + saved.length;
    },

    async forgetEnded({ of, at }) {
      const isOfIt =
        'collectionId' in of
          ? eq(shareLinks.collectionId, of.collectionId)
          : eq(shareLinks.campaignId, of.campaignId);
      const links = await db
        .select({ id: shareLinks.id, revokedAt: shareLinks.revokedAt, expiresAt: shareLinks.expiresAt })
        .from(shareLinks)
        .where(isOfIt);
      const ended = links.filter(({ revokedAt, expiresAt }) => revokedAt !== null || expiresAt <= at);
      const ids = ended.map(({ id }) => id);
      if (ids.length > 0) {
        await db.delete(shareVisits).where(inArray(shareVisits.shareId, ids));
        await db.delete(shareLinks).where(inArray(shareLinks.id, ids));
      }
      return links.length - ended.length;
    },
  };
}
