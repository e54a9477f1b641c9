import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { SearchOrder } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';

interface Search {
  readonly q?: string | undefined;
  readonly order?: SearchOrder | undefined;
}

const pageSize = 100;

/** What a search finds, a page at a time. */
export function useFound({ q = '', order = 'newest' }: Search, { enabled = true } = {}) {
  return useInfiniteQuery({
    ...trpc.asset.searchTiles.infiniteQueryOptions(
      { query: q, order, limit: pageSize },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    enabled,
    placeholderData: keepPreviousData,
  });
}
