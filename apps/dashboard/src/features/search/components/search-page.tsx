import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import type { SearchCondition, SearchOrder } from '@vitrine/schema';
import { SearchX, SlidersHorizontal } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Notice } from '../../../components/ui/notice.tsx';
import { SearchField } from '../../../components/ui/search-field.tsx';
import { Segmented } from '../../../components/ui/segmented.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { useHotkey } from '../../../lib/use-hotkey.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { useFound } from '../../assets/api/use-found.ts';
import { GridSkeleton } from '../../assets/components/grid-skeleton.tsx';
import { AssetGrid } from '../../assets/grid/asset-grid.tsx';
import { useFacets } from '../api/use-facets.ts';
import type { SearchAddress } from '../search-address.ts';
import { toggleTerm } from '../toggle-term.ts';
import { SearchFacets } from './search-facets.tsx';
import { SearchHints } from './search-hints.tsx';

const orders = [
  { id: 'newest', label: 'Newest' },
  { id: 'relevance', label: 'Best match' },
] as const satisfies readonly { id: SearchOrder; label: string }[];

/** Finds assets of every client that one may see. */
export function SearchPage() {
  useTitle('Search');
  const address = useSearch({ from: '/shell/search' });
  const { q, order = 'newest' } = address;
  const navigate = useNavigate();
  const place = useLocation({ select: ({ pathname, searchStr }) => `${pathname}${searchStr}` });
  const field = useRef<HTMLInputElement>(null);
  const [showsFacets, setShowsFacets] = useState(false);
  useHotkey('/', () => field.current?.focus());
  useEffect(() => field.current?.focus(), []);
  const found = useFound(address);
  const facets = useFacets(address);
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const tiles = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const linkSearch = useMemo(
    () => ({ from: 'search' as const, q, order: address.order }),
    [q, address.order],
  );
  const total = facets.data?.total;
  const go = (next: SearchAddress) => void navigate({ to: '/search', search: next, replace: true });
  const toggle = (condition: SearchCondition) =>
    go({ ...address, q: toggleTerm(q ?? '', condition) || undefined });
  const onNeedMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);

  return (
    <div className="mx-auto w-full max-w-[1600px] px-4 py-8 sm:px-8">
      <h1 className="font-semibold text-2xl tracking-tight">Search</h1>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <SearchField
            label="Search every client"
            placeholder="Words, or kind:video tag:brand_logo size>10mb after:2026-01-01 -draft"
            value={q ?? ''}
            onSearch={(text) => go({ ...address, q: text || undefined })}
            inputRef={field}
          />
        </div>
        <Segmented
          label="Order"
          segments={orders}
          value={order}
          onChange={(next) => go({ ...address, order: next === 'newest' ? undefined : next })}
        />
        <Button
          look="secondary"
          aria-expanded={showsFacets}
          onPress={() => setShowsFacets(!showsFacets)}
          className="lg:hidden!"
        >
          <SlidersHorizontal size={15} aria-hidden />
          Narrow down
        </Button>
      </div>
      <p role="status" className="mt-3 text-faint text-sm tabular">
        {total ? `${countOf(total.count, 'asset', 'assets')}${total.exact ? '' : ' or more'}` : ' '}
      </p>
      <div className="mt-4 flex flex-col gap-6 lg:flex-row lg:gap-8">
        <aside
          aria-label="Narrow down"
          className={`shrink-0 lg:sticky lg:top-8 lg:block lg:max-h-[calc(100dvh-4rem)] lg:w-52 lg:self-start lg:overflow-y-auto scroll-quiet ${showsFacets ? '' : 'hidden'}`}
        >
          {facets.data && <SearchFacets query={q ?? ''} facets={facets.data} onToggle={toggle} />}
        </aside>
        <section
          aria-label="Found assets"
          className={`min-w-0 flex-1 transition-opacity duration-150 ${isPlaceholderData ? 'opacity-60' : ''}`}
        >
          <SearchHints hints={data?.pages[0]?.hints ?? []} />
          {isPending && !error && <GridSkeleton />}
          {error && <ErrorNotice error={error} onRetry={() => found.refetch()} />}
          {tiles.length > 0 && (
            <AssetGrid
              label="Found assets"
              place={place}
              tiles={tiles}
              total={total?.exact ? total.count : null}
              hasMore={hasNextPage}
              onNeedMore={onNeedMore}
              search={linkSearch}
            />
          )}
          {data && tiles.length === 0 && (
            <Notice
              icon={<SearchX size={26} aria-hidden />}
              title="Nothing found"
              action={q ? <Button onPress={() => go({})}>Clear the search</Button> : undefined}
            >
              Try fewer words, or another spelling. Words are looked for in names, folders, tags, campaigns,
              clients and the text of documents.
            </Notice>
          )}
        </section>
      </div>
    </div>
  );
}
