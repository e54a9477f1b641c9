import type { SearchCounts, SearchName, SearchReader, SearchWriter } from '@vitrine/core';
import type { AssetId } from '@vitrine/schema';
import { and, asc, desc, eq, gt, inArray, isNull, sum } from 'drizzle-orm';
import { type AssetRow, type TileRow, toAssetRecord, toTileRecord } from '../rows/asset-row.ts';
import { createCountSample } from '../search/count-sample.ts';
import { createFindHits } from '../search/find-hits.ts';
import { notInTrash } from '../search/search-conditions.ts';
import { createSearchIndex } from '../search/search-index.ts';
import { assetColumns, currentThumb, currentVersion, parseRows, tileColumns } from './asset-columns.ts';
import type { RepositoryContext } from './repository-context.ts';
import { visibleCampaign, visibleClient } from './visibility.ts';

/** Of each kind; a library with more of them finds by the others only through filters. */
const mostNames = 20_000;

function inOrder<T extends { readonly id: AssetId }>(ids: readonly AssetId[], records: readonly T[]): T[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export function createSearchRepository(context: RepositoryContext): SearchReader & SearchWriter {
  const { db, tables, dialect } = context;
  const {
    assets,
    assetVersions,
    assetTexts,
    assetSearchAssets,
    blobs,
    campaigns,
    clients,
    renditions,
    tags,
  } = tables;
  const { clientCounters, campaignCounters } = tables;
  const reindex = createSearchIndex(context);

  const rows = (columns: typeof assetColumns, ids: readonly AssetId[]) =>
    db
      .select({ row: columns(context) })
      .from(assets)
      .innerJoin(assetVersions, currentVersion(context))
      .leftJoin(renditions, currentThumb(context))
      .where(and(inArray(assets.id, [...ids]), notInTrash(context)));

  type Names = Parameters<SearchReader['names']>[0];
  const namesOf = {
    client: async ({ visibility, clientId }: Names): Promise<SearchName[]> => {
      const found = await db
        .select({ id: clients.id, name: clients.name })
        .from(clients)
        .where(
          and(
            visibleClient(context, clients.id, visibility),
            clientId ? eq(clients.id, clientId) : undefined,
          ),
        )
        .orderBy(asc(clients.id))
        .limit(mostNames);
      return found.map((row) => ({ kind: 'client', ...row }));
    },
    campaign: async ({ visibility, clientId }: Names): Promise<SearchName[]> => {
      const found = await db
        .select({ id: campaigns.id, clientId: campaigns.clientId, name: campaigns.name })
        .from(campaigns)
        .where(
          and(visibleCampaign(context, visibility), clientId ? eq(campaigns.clientId, clientId) : undefined),
        )
        .orderBy(asc(campaigns.id))
        .limit(mostNames);
      return found.map((row) => ({ kind: 'campaign', ...row }));
    },
    tag: async ({ visibility, clientId }: Names): Promise<SearchName[]> => {
      const found = await db
        .select({ id: tags.id, clientId: tags.clientId, name: tags.name })
        .from(tags)
        .where(
          and(
            visibleClient(context, tags.clientId, visibility),
            clientId ? eq(tags.clientId, clientId) : undefined,
          ),
        )
        .orderBy(asc(tags.id))
        .limit(mostNames);
      return found.map((row) => ({ kind: 'tag', ...row }));
    },
  };

  const numbers = <T>(found: readonly { readonly value: T; readonly count: string | null }[]) =>
    found.map(({ value, count }) => ({ value, count: Number(count) })).filter(({ count }) => count > 0);

  return {
    async names(query) {
      const found = await Promise.all(query.kinds.map((kind) => namesOf[kind](query)));
      return found.flat();
    },

    find: createFindHits(context),

    async records(ids) {
      if (ids.length === 0) return [];
      return inOrder(ids, parseRows<AssetRow>(await rows(assetColumns, ids)).map(toAssetRecord));
    },

    async tiles(ids) {
      if (ids.length === 0) return [];
      return inOrder(ids, parseRows<TileRow>(await rows(tileColumns, ids)).map(toTileRecord));
    },

    sample: createCountSample(context),

    async counted({ visibility, clientId, campaignId }): Promise<SearchCounts> {
      const total = sum(clientCounters.count);
      const totalOfCampaign = sum(campaignCounters.count);
      const inClients = and(
        visibleClient(context, clientCounters.clientId, visibility),
        clientId ? eq(clientCounters.clientId, clientId) : undefined,
      );
      const inCampaigns = and(
        visibleCampaign(context, visibility),
        clientId ? eq(campaigns.clientId, clientId) : undefined,
        campaignId ? eq(campaigns.id, campaignId) : undefined,
      );
      const byCampaign = await db
        .select({ value: campaigns.id, count: totalOfCampaign })
        .from(campaignCounters)
        .innerJoin(campaigns, eq(campaigns.id, campaignCounters.campaignId))
        .where(inCampaigns)
        .groupBy(campaigns.id)
        .orderBy(desc(totalOfCampaign), asc(campaigns.id));
      const byKind = campaignId
        ? await db
            .select({ value: campaignCounters.type, count: totalOfCampaign })
            .from(campaignCounters)
            .innerJoin(campaigns, eq(campaigns.id, campaignCounters.campaignId))
            .where(inCampaigns)
            .groupBy(campaignCounters.type)
            .orderBy(desc(totalOfCampaign), asc(campaignCounters.type))
        : await db
            .select({ value: clientCounters.type, count: total })
            .from(clientCounters)
            .where(inClients)
            .groupBy(clientCounters.type)
            .orderBy(desc(total), asc(clientCounters.type));
      const byClient = campaignId
        ? await db
            .select({ value: campaigns.clientId, count: totalOfCampaign })
            .from(campaignCounters)
            .innerJoin(campaigns, eq(campaigns.id, campaignCounters.campaignId))
            .where(inCampaigns)
            .groupBy(campaigns.clientId)
        : await db
            .select({ value: clientCounters.clientId, count: total })
            .from(clientCounters)
            .where(inClients)
            .groupBy(clientCounters.clientId)
            .orderBy(desc(total), asc(clientCounters.clientId));
      return { kinds: numbers(byKind), clients: numbers(byClient), campaigns: numbers(byCampaign) };
    },

    async states({ after, limit }) {
      const found = await db
        .select({
          assetId: assets.id,
          version: assets.currentVersion,
          type: assets.type,
          indexed: assetSearchAssets.assetId,
          read: assetTexts.version,
        })
        .from(assets)
        .leftJoin(assetSearchAssets, eq(assetSearchAssets.assetId, assets.id))
        .leftJoin(assetTexts, eq(assetTexts.assetId, assets.id))
        .where(and(after ? gt(assets.id, after) : undefined, isNull(assets.trashedAt)))
        .orderBy(asc(assets.id))
        .limit(limit);
      return found.map(({ assetId, version, type, indexed, read }) => ({
        assetId,
        version,
        indexed: indexed !== null,
        read: type !== 'document' || read === version,
      }));
    },

    async textSource({ assetId, version }) {
      const [row] = await db
        .select({
          assetId: assets.id,
          version: assetVersions.number,
          format: assetVersions.format,
          pageCount: assetVersions.pageCount,
          size: assetVersions.size,
          sha256: assetVersions.sha256,
          store: blobs.store,
          damage: blobs.damage,
        })
        .from(assets)
        .innerJoin(assetVersions, currentVersion(context))
        .innerJoin(blobs, eq(blobs.sha256, assetVersions.sha256))
        .where(
          and(
            eq(assets.id, assetId),
            eq(assets.currentVersion, version),
            eq(assets.type, 'document'),
            isNull(assets.trashedAt),
          ),
        );
      return row ?? null;
    },

    reindex,

    tidy: (begin) => dialect.search.tidy(db, begin),

    async putText({ assetId, version, text }) {
      await db
        .insert(assetTexts)
        .values({ assetId, version, text })
        .onConflictDoUpdate({ target: assetTexts.assetId, set: { version, text } });
      await reindex(assetId);
    },
  };
}
