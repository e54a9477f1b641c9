import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { trpc } from '../../../app/trpc.ts';
import { type AssetSearch, tilesInput } from '../asset-search.ts';

interface UseTilesOptions {
  clientId: string;
  campaignId?: string | undefined;
  search: AssetSearch;
  enabled?: boolean;
}

/** The tiles of a grid, newest first, a page at a time. */
export function useTiles({ clientId, campaignId, search, enabled = true }: UseTilesOptions) {
  const query = useInfiniteQuery({
    ...trpc.asset.tiles.infiniteQueryOptions(tilesInput({ clientId, campaignId, search }), {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    enabled,
    placeholderData: keepPreviousData,
  });
  return query;
}
