import type { NewAsset, NewVersion } from '@vitrine/core';
import { fold } from '@vitrine/schema';
import { sql } from 'drizzle-orm';
import { fromRights } from '../rows/rights-row.ts';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

const value = (name: string) => sql.placeholder(name);

export interface AssetInsert {
  /** Version 1 and then the asset that points at it. */
  asset(asset: NewAsset): Promise<void>;
  version(version: Omit<NewVersion, 'expectedRowVersion'> & { readonly number: number }): Promise<void>;
}

/** Inserts versions and assets, with one prepared statement for each. */
export function createAssetInsert({ db, tables }: RepositoryContext): AssetInsert {
  const { assets, assetVersions } = tables;

  const version = once(() =>
    db
      .insert(assetVersions)
      .values({
        assetId: value('id'),
        number: value('number'),
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
        note: value('note'),
        sourceUrl: value('sourceUrl'),
        licence: value('licence'),
        validFrom: value('validFrom'),
        validTo: value('validTo'),
        territories: value('territories'),
        channels: value('channels'),
        credit: value('credit'),
        aiUse: value('aiUse'),
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
        path: value('path'),
        currentVersion: 1,
        rowVersion: 1,
        uploadedAt: value('at'),
        updatedAt: value('at'),
        trashedAt: null,
      })
      .prepare(),
  );

  const insert: AssetInsert = {
    async version({ facts, rights, note = null, sourceUrl = null, ...rest }) {
      const nothing = { width: null, height: null, durationMs: null, pageCount: null };
      await version().execute({ ...rest, ...nothing, ...facts, ...fromRights(rights), note, sourceUrl });
    },

    async asset(fresh) {
      await insert.version({ ...fresh, number: 1 });
      const { facts, path = null, ...rest } = fresh;
      await asset().execute({ ...rest, type: facts.type, path, searchText: fold(rest.name) });
    },
  };
  return insert;
}
