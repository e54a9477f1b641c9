import type { AssetReader, AssetWriter, Ids } from '@vitrine/core';
import { type AssetId, type CampaignId, fold, roleNamed } from '@vitrine/schema';
import { and, eq, isNotNull, isNull, max } from 'drizzle-orm';
import { createSearchIndex } from '../search/search-index.ts';
import { createAssetReader } from './asset-reader.ts';
import { createAssetTags } from './asset-tags.ts';
import { createClientTies } from './client-ties.ts';
import { createCounters } from './counters.ts';
import { createAssetInsert } from './insert-asset.ts';
import type { RepositoryContext } from './repository-context.ts';

interface Expected {
  readonly id: AssetId;
  readonly expectedRowVersion: number;
}

export function createAssetRepository(
  context: RepositoryContext,
  ids: Pick<Ids, 'tag'>,
): AssetReader & AssetWriter {
  const { db, tables } = context;
  const { assets, assetVersions } = tables;
  const reader = createAssetReader(context);
  const labels = createAssetTags(context, ids);
  const counters = createCounters(context);
  const ties = createClientTies(context);
  const reindex = createSearchIndex(context);
  const inserts = createAssetInsert(context);

  async function written(id: AssetId) {
    const record = await reader.find(id);
    if (!record) throw new Error(`The asset ${id} is not there after it was written.`);
    return record;
  }

  /** The row as it was expected, or undefined when it has changed or gone. */
  async function expected({ id, expectedRowVersion }: Expected) {
    const [row] = await db
      .select({
        id: assets.id,
        type: assets.type,
        clientId: assets.clientId,
        campaignId: assets.campaignId,
        size: assetVersions.size,
      })
      .from(assets)
      .innerJoin(
        assetVersions,
        and(eq(assetVersions.assetId, assets.id), eq(assetVersions.number, assets.currentVersion)),
      )
      .where(and(eq(assets.id, id), eq(assets.rowVersion, expectedRowVersion), isNull(assets.trashedAt)));
    return row;
  }

  /** The one conditional change; of writers that expect the same version only the first gets true. */
  async function change({ id, expectedRowVersion }: Expected, set: Partial<typeof assets.$inferInsert>) {
    const rows = await db
      .update(assets)
      .set({ ...set, rowVersion: expectedRowVersion + 1 })
      .where(and(eq(assets.id, id), eq(assets.rowVersion, expectedRowVersion), isNull(assets.trashedAt)))
      .returning({ id: assets.id });
    return rows.length === 1;
  }

  async function move(
    row: NonNullable<Awaited<ReturnType<typeof expected>>>,
    target: CampaignId | null,
  ): Promise<void> {
    const steps: [CampaignId | null, 1 | -1][] = [
      [row.campaignId, -1],
      [target, 1],
    ];
    // In one order for everybody: two opposite moves at once must not wait for each other.
    steps.sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
    for (const [campaignId, count] of steps) {
      if (campaignId) await counters.addToCampaign(campaignId, { ...row, count });
    }
  }

  return {
    ...reader,

    async insert(asset) {
      const { id, facts } = asset;
      await inserts.asset(asset);
      await labels.addRoles({ id, type: facts.type }, asset.roles);
      await labels.addTags({ id, clientId: asset.clientId }, asset.tags);
      await counters.add(asset, { type: facts.type, count: 1, size: asset.size });
      await reindex(id);
      return written(id);
    },

    async update({ patch, at, ...expectation }) {
      const row = await expected(expectation);
      if (!row) return null;
      const done = await change(expectation, {
        ...(patch.name !== undefined && { name: patch.name, searchText: fold(patch.name) }),
        ...(patch.campaignId !== undefined && { campaignId: patch.campaignId }),
        ...(patch.priority !== undefined && { priority: patch.priority }),
        updatedAt: at,
      });
      if (!done) return null;
      if (patch.campaignId !== undefined && patch.campaignId !== row.campaignId) {
        await move(row, patch.campaignId);
      }
      if (patch.roles) await labels.replaceRoles(row, patch.roles);
      if (patch.tags) await labels.replaceTags(row, patch.tags);
      await reindex(row.id);
      return written(row.id);
    },

    async assign({ clientId, campaignId, at, ...expectation }) {
      const row = await expected(expectation);
      if (!row) return null;
      if (await ties.areThere(row.id)) return 'linked';
      const { tags: names } = await written(row.id);
      const held = await ties.loosen(row.id);
      if (!(await change(expectation, { clientId, campaignId, updatedAt: at }))) return null;
      await ties.fasten({ id: row.id, clientId }, held);
      await labels.addTags(
        { id: row.id, clientId },
        names.filter((name) => roleNamed(name) === null),
      );
      const amount = { type: row.type, size: row.size };
      // In one order for everybody, as campaigns are counted when an asset moves.
      const steps = [
        { clientId: row.clientId, campaignId: row.campaignId, count: -1 as const },
        { clientId, campaignId, count: 1 as const },
      ].sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
      for (const { count, ...place } of steps) await counters.add(place, { ...amount, count });
      await reindex(row.id);
      return written(row.id);
    },

    async addVersion(version) {
      const { id, facts, at } = version;
      const row = await expected(version);
      if (!row) return null;
      const [newest] = await db
        .select({ number: max(assetVersions.number) })
        .from(assetVersions)
        .where(eq(assetVersions.assetId, id));
      const number = (newest?.number ?? 0) + 1;
      await inserts.version({ ...version, number });
      if (!(await change(version, { currentVersion: number, updatedAt: at }))) return null;
      const place = { clientId: row.clientId, campaignId: row.campaignId };
      await counters.add(place, { type: row.type, count: -1, size: row.size });
      await counters.add(place, { type: facts.type, count: 1, size: version.size });
      await reindex(id);
      return written(id);
    },

    async restore({ id, expectedRowVersion, at }) {
      const rows = await db
        .update(assets)
        .set({ trashedAt: null, updatedAt: at, rowVersion: expectedRowVersion + 1 })
        .where(and(eq(assets.id, id), eq(assets.rowVersion, expectedRowVersion), isNotNull(assets.trashedAt)))
        .returning({ clientId: assets.clientId, campaignId: assets.campaignId, type: assets.type });
      const [row] = rows;
      if (!row) return null;
      const record = await written(id);
      await counters.add(row, { type: row.type, count: 1, size: record.size });
      await reindex(id);
      return record;
    },

    async trash({ at, ...expectation }) {
      const row = await expected(expectation);
      if (!row || !(await change(expectation, { trashedAt: at, updatedAt: at }))) return false;
      await counters.add(row, { type: row.type, count: -1, size: row.size });
      await reindex(row.id);
      return true;
    },
  };
}
