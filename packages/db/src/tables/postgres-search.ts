import type { AssetId } from '@vitrine/schema';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

// The tables of migration 0004_search, which drizzle-kit must not see: they are not in postgres.ts. Same rows as sqlite-search.ts.

/** The index itself; its column `words` is made of the others. */
export const assetSearch = pgTable('asset_search_fts', {
  docid: bigint('docid', { mode: 'number' }).notNull(),
  name: text('name').notNull(),
  labels: text('labels').notNull(),
  body: text('body').notNull(),
  facets: text('facets').notNull(),
});

/** Which asset a `docid` is. */
export const assetSearchAssets = pgTable('asset_search_fts_assets', {
  docid: bigint('docid', { mode: 'number' }).notNull(),
  assetId: text('asset_id').$type<AssetId>().notNull(),
});
