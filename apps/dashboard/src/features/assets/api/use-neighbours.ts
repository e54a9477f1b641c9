import type { Asset, AssetTile } from '@vitrine/schema';
import { useEffect } from 'react';
import type { AssetPageSearch } from '../asset-search.ts';
import { useFound } from './use-found.ts';
import { useTiles } from './use-tiles.ts';

interface Neighbours {
  previous: AssetTile | null;
  next: AssetTile | null;
}

/** The assets before and after this one in the grid it was opened from; none for an address that came from elsewhere. */
export function useNeighbours(asset: Asset, search: AssetPageSearch): Neighbours {
  const isSearch = search.from === 'search';
  const inGrid = useTiles({
    clientId: asset.clientId,
    campaignId: search.from === 'campaign' ? search.campaign : undefined,
    search,
    enabled: search.from !== undefined && !isSearch,
  });
  const found = useFound(search, { enabled: isSearch });
  const { data, hasNextPage, isFetching, fetchNextPage } = isSearch ? found : inGrid;
  const tiles = data?.pages.flatMap((page) => page.items) ?? [];
  const at = tiles.findIndex((tile) => tile.id === asset.id);
  const isLast = at >= 0 && at === tiles.length - 1;
  useEffect(() => {
    if (isLast && hasNextPage && !isFetching) void fetchNextPage();
  }, [isLast, hasNextPage, isFetching, fetchNextPage]);
  if (search.from === undefined || at < 0) return { previous: null, next: null };
  return { previous: tiles[at - 1] ?? null, next: tiles[at + 1] ?? null };
}
