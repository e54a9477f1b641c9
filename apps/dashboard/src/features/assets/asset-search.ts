import { assetTypeSchema, searchOrders } from '@vitrine/schema';
import { z } from 'zod';
import { searchText } from '../../lib/search-text.ts';

/** What the address says about a grid: which kind, which tag, which words. Anything else in it is dropped. */
export const assetSearchSchema = z.object({
  type: assetTypeSchema.optional().catch(undefined),
  tag: searchText,
  q: searchText,
});
export type AssetSearch = z.output<typeof assetSearchSchema>;

/** The same on an asset's own page, where it names the grid that the asset was opened from. */
export const assetPageSearchSchema = assetSearchSchema.extend({
  from: z.enum(['client', 'campaign', 'search']).optional().catch(undefined),
  order: z.enum(searchOrders).optional().catch(undefined),
  campaign: z.string().max(64).optional().catch(undefined),
});
export type AssetPageSearch = z.output<typeof assetPageSearchSchema>;

/** How many assets a page of the grid brings. */
const pageSize = 100;

interface TilesInput {
  readonly clientId: string;
  readonly campaignId: string | undefined;
  readonly search: AssetSearch;
}

/** The API's input for a grid. */
export function tilesInput({ clientId, campaignId, search: { type, tag, q } }: TilesInput) {
  return {
    clientId,
    ...(campaignId && { campaignId }),
    ...(type && { type }),
    ...(tag && { tags: [tag] }),
    ...(q && { q }),
    limit: pageSize,
  };
}

/** Whether anything narrows the grid down. */
export function isFiltered({ type, tag, q }: AssetSearch): boolean {
  return type !== undefined || tag !== undefined || q !== undefined;
}
