import type { AssetId } from '@vitrine/schema';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// The tables of migration 0004_search, which drizzle-kit must not see: they are not in sqlite.ts. Same rows as postgres-search.ts.

/** The index itself; contentless, so nothing can be read of it but `docid`. */
export const assetSearch = sqliteTable('asset_search_fts', {
  docid: integer('rowid', { mode: 'number' }).notNull(),
  name: text('name').notNull(),
  labels: text('labels').notNull(),
  body: text('body').notNull(),
  facets: text('facets').notNull(),
});

/** Which asset a `docid` is. */
export const assetSearchAssets = sqliteTable('asset_search_fts_assets', {
  docid: integer('docid', { mode: 'number' }).notNull(),
  assetId: text('asset_id').$type<AssetId>().notNull(),
});
