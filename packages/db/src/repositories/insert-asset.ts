import type { NewAsset } from '@vitrine/core';
import { fold } from '@vitrine/schema';
import { sql } from 'drizzle-orm';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

const value = (name: string) => sql.placeholder(name);

/** Inserts version 1 and then the asset that points at it, with two prepared statements. */
export function createAssetInsert({ db, tables }: RepositoryContext): (asset: NewAsset) => Promise<void> {
  const { assets, assetVersions } = tables;

  const version = once(() =>
    db
      .insert(assetVersions)
      .values({
        assetId: value('id'),
        number: 1,
        type: value('type'),
        format: value('format'),
        mimeType: value('mimeType'),
        size: value('size'),
        sha256: value('sha256'),
        width: value('width'),
        height: value('height'),
        durationMs: value('durationMs'),
        pageCount: value('pageCount'),
        createdBy: value('userId'),
        createdAt: value('at'),
        aiUse: 'unknown',
      })
      .prepare(),
  );

  const asset = once(() =>
    db
      .insert(assets)
      .values({
        id: value('id'),
        clientId: value('clientId'),
        campaignId: value('campaignId'),
        userId: value('userId'),
        type: value('type'),
        name: value('name'),
        searchText: value('searchText'),
        currentVersion: 1,
        rowVersion: 1,
        uploadedAt: value('at'),
        updatedAt: value('at'),
        trashedAt: null,
      })
      .prepare(),
  );

  return async ({ facts, ...rest }) => {
    const nothing = { width: null, height: null, durationMs: null, pageCount: null };
    const values = { ...rest, ...nothing, ...facts, searchText: fold(rest.name) };
    await version().execute(values);
    await asset().execute(values);
  };
}
