import { type AssetReader, toTimestamp } from '@vitrine/core';
import { and, asc, count, desc, eq, inArray, isNull, sql, sum } from 'drizzle-orm';
import { type AssetRow, type TileRow, toAssetRecord, toTileRecord } from '../rows/asset-row.ts';
import { toFacts } from '../rows/facts-row.ts';
import { toStats } from '../rows/stats-row.ts';
import {
  assetColumns,
  currentThumb,
  currentVersion,
  factColumns,
  parseRows,
  tileColumns,
} from './asset-columns.ts';
import { createAssetList } from './asset-list.ts';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleAsset, visibleClient } from './visibility.ts';

type Counted = Parameters<AssetReader['count']>[0];

export function createAssetReader(context: RepositoryContext): AssetReader {
  const { db, tables } = context;
  const { assets, assetVersions, blobs, campaigns, clientCounters, campaignCounters, renditions } = tables;
  const current = currentVersion(context);
  const isWanted = and(eq(assets.id, sql.placeholder('id')), isNull(assets.trashedAt));

  const listRecords = createAssetList(context, assetColumns(context));
  const listTiles = createAssetList(context, tileColumns(context));

  const byId = once(() =>
    db
      .select({ row: assetColumns(context) })
      .from(assets)
      .innerJoin(assetVersions, current)
      .leftJoin(renditions, currentThumb(context))
      .where(isWanted)
      .prepare(),
  );

  const fileById = once(() =>
    db
      .select({
        assetId: assets.id,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        uploadedBy: assets.userId,
        name: assets.name,
        type: assets.type,
        format: assetVersions.format,
        mimeType: assetVersions.mimeType,
        size: assetVersions.size,
        sha256: assetVersions.sha256,
        store: blobs.store,
        damage: blobs.damage,
        uploadedAt: assetVersions.createdAt,
      })
      .from(assets)
      .innerJoin(
        assetVersions,
        and(
          eq(assetVersions.assetId, assets.id),
          sql`${assetVersions.number} = coalesce(${sql.placeholder('version')}, ${assets.currentVersion})`,
        ),
      )
      .innerJoin(blobs, eq(blobs.sha256, assetVersions.sha256))
      .where(isWanted)
      .prepare(),
  );

  const holders = once(() =>
    db
      .select({
        assetId: assets.id,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        uploadedBy: assets.userId,
        rowVersion: assets.rowVersion,
        trashedAt: assets.trashedAt,
        version: assetVersions.number,
        currentVersion: assets.currentVersion,
        facts: factColumns(context),
        mimeType: assetVersions.mimeType,
        size: assetVersions.size,
      })
      .from(assetVersions)
      .innerJoin(assets, eq(assets.id, assetVersions.assetId))
      .where(
        and(
          eq(assetVersions.sha256, sql.placeholder('sha256')),
          eq(assets.clientId, sql.placeholder('clientId')),
        ),
      )
      // Null sorts differently on the two dialects; whether it is null does not.
      .orderBy(
        asc(sql`${assets.trashedAt} is not null`),
        desc(assets.uploadedAt),
        desc(assets.id),
        desc(assetVersions.number),
      )
      .limit(100)
      .prepare(),
  );

  function countInCampaign({ visibility, clientId, campaignId, type }: Counted & { campaignId: string }) {
    return db
      .select({ total: sum(campaignCounters.count) })
      .from(campaignCounters)
      .innerJoin(campaigns, eq(campaigns.id, campaignCounters.campaignId))
      .where(
        and(
          sql`${campaignCounters.campaignId} = ${campaignId}`,
          clientId ? eq(campaigns.clientId, clientId) : undefined,
          type ? eq(campaignCounters.type, type) : undefined,
          visibleClient(context, campaigns.clientId, visibility),
        ),
      );
  }

  /** Where counters would tell of assets that are not seen. */
  async function countRows(query: Counted): Promise<number> {
    const [row] = await db.select({ total: count() }).from(assets).where(listedIn(query));
    return row?.total ?? 0;
  }

  const listedIn = ({ visibility, clientId, campaignId, type }: Counted) =>
    and(
      isNull(assets.trashedAt),
      clientId ? eq(assets.clientId, clientId) : undefined,
      campaignId ? eq(assets.campaignId, campaignId) : undefined,
      type ? eq(assets.type, type) : undefined,
      visibleAsset(context, visibility),
    );

  function countInClients({ visibility, clientId, type }: Counted) {
    return db
      .select({ total: sum(clientCounters.count) })
      .from(clientCounters)
      .where(
        and(
          clientId ? eq(clientCounters.clientId, clientId) : undefined,
          type ? eq(clientCounters.type, type) : undefined,
          visibleClient(context, clientCounters.clientId, visibility),
        ),
      );
  }

  return {
    async find(id) {
      const [row] = parseRows<AssetRow>(await byId().execute({ id }));
      return row ? toAssetRecord(row) : null;
    },

    async findFile(id, version) {
      const [row] = await fileById().execute({ id, version: version ?? null });
      return row ? { ...row, uploadedAt: toTimestamp(row.uploadedAt) } : null;
    },

    async withBytes({ clientId, sha256 }) {
      const rows = await holders().execute({ clientId, sha256 });
      return rows.map(({ trashedAt, currentVersion: currentNumber, facts, ...row }) => ({
        ...row,
        trashed: trashedAt !== null,
        current: row.version === currentNumber,
        facts: toFacts(facts),
      }));
    },

    async list(query) {
      return parseRows<AssetRow>(await listRecords(query)).map(toAssetRecord);
    },

    async listTiles(query) {
      return parseRows<TileRow>(await listTiles(query)).map(toTileRecord);
    },

    async findTiles({ ids, visibility }) {
      const rows = await db
        .select({ row: tileColumns(context) })
        .from(assets)
        .innerJoin(assetVersions, current)
        .leftJoin(renditions, currentThumb(context))
        .where(
          and(inArray(assets.id, [...ids]), isNull(assets.trashedAt), visibleAsset(context, visibility)),
        );
      return parseRows<TileRow>(rows).map(toTileRecord);
    },

    async stats(query) {
      const rows = await db
        .select({ type: assets.type, count: count(), bytes: sql`sum(${assetVersions.size})`.mapWith(Number) })
        .from(assets)
        .innerJoin(assetVersions, current)
        .where(listedIn(query))
        .groupBy(assets.type);
      return toStats(rows);
    },

    async count(query) {
      const { campaignId, visibility } = query;
      if (visibility.kind === 'granted' && !visibility.whole) return countRows(query);
      const [row] = await (campaignId ? countInCampaign({ ...query, campaignId }) : countInClients(query));
      return Number(row?.total ?? 0);
    },
  };
}
