import { useLocation, useNavigate } from '@tanstack/react-router';
import { type Stats, unassignedClientId } from '@vitrine/schema';
import { CheckCheck, ImageUp, SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { useHotkey } from '../../../lib/use-hotkey.ts';
import { useGiving } from '../../unassigned/api/use-giving.ts';
import { UnassignedTools } from '../../unassigned/components/unassigned-tools.tsx';
import { useUploads } from '../../uploads/uploads-context.ts';
import { useTiles } from '../api/use-tiles.ts';
import { type AssetSearch, isFiltered } from '../asset-search.ts';
import { AssetGrid } from '../grid/asset-grid.tsx';
import { AssetFilters } from './asset-filters.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';

interface AssetBrowserProps {
  clientId: string;
  /** Limits the grid to a campaign. */
  campaignId?: string | undefined;
  /** What the assets belong to, for the grid's name and the empty state. */
  ownerName: string;
  search: AssetSearch;
  stats: Stats | undefined;
}

/** Filters and grid of a client's or campaign's assets. */
export function AssetBrowser({ clientId, campaignId, ownerName, search, stats }: AssetBrowserProps) {
  const navigate = useNavigate();
  const place = useLocation({ select: ({ pathname, searchStr }) => `${pathname}${searchStr}` });
  const field = useRef<HTMLInputElement>(null);
  const { chooseFiles } = useUploads();
  useHotkey('/', () => field.current?.focus());
  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
    refetch,
  } = useTiles({ clientId, campaignId, search });
  const tiles = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const loadAll = async () => {
    let result = await fetchNextPage();
    while (result.hasNextPage && !result.isError) result = await fetchNextPage();
    return result.data?.pages.flatMap((page) => page.items) ?? [];
  };
  const giving = useGiving({ tiles, hasMore: hasNextPage, loadAll });
  const isUnassigned = clientId === unassignedClientId;
  const { type, tag, q } = search;
  const linkSearch = useMemo(
    () => ({
      type,
      tag,
      q,
      from: campaignId ? ('campaign' as const) : ('client' as const),
      campaign: campaignId,
    }),
    [type, tag, q, campaignId],
  );
  const total = data?.pages[0]?.total ?? null;

  const setSearch = (next: AssetSearch) => void navigate({ to: '.', search: next, replace: true });
  const onNeedMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);

  return (
    <section aria-label={`Assets of ${ownerName}`}>
      {isUnassigned && <UnassignedTools giving={giving} total={total} />}
      <div className="sticky top-0 z-20 -mx-4 bg-canvas/92 px-4 py-3 backdrop-blur-md sm:-mx-8 sm:px-8">
        <AssetFilters
          clientId={clientId}
          search={search}
          stats={stats}
          onChange={setSearch}
          searchRef={field}
        />
      </div>
      <div className={`pt-3 transition-opacity duration-150 ${isPlaceholderData ? 'opacity-60' : ''}`}>
        {isPending && !error && <GridSkeleton />}
        {error && <ErrorNotice error={error} onRetry={() => refetch()} />}
        {tiles.length > 0 && (
          <AssetGrid
            label={`Assets of ${ownerName}`}
            place={place}
            tiles={tiles}
            total={total}
            hasMore={hasNextPage}
            onNeedMore={onNeedMore}
            search={linkSearch}
            selection={giving.isOn ? giving.grid : undefined}
          />
        )}
        {data && tiles.length === 0 && isFiltered(search) && (
          <Notice
            icon={<SearchX size={26} aria-hidden />}
            title="Nothing matches these filters"
            action={<Button onPress={() => setSearch({})}>Clear filters</Button>}
          >
            Try another kind or tag, or fewer words.
          </Notice>
        )}
        {data && tiles.length === 0 && !isFiltered(search) && isUnassigned && (
          <Notice icon={<CheckCheck size={26} aria-hidden />} title="Everything has a client">
            No asset is left here.
          </Notice>
        )}
        {data && tiles.length === 0 && !isFiltered(search) && !isUnassigned && (
          <Notice
            icon={<ImageUp size={26} aria-hidden />}
            title="Drop files here"
            action={
              <Button look="primary" onPress={chooseFiles}>
                Choose files
              </Button>
            }
          >
            Images, videos, audio and documents for {ownerName}. Whole folders work too.
          </Notice>
        )}
      </div>
    </section>
  );
}
