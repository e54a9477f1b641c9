import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { trpc } from '../../../app/trpc.ts';
import type { SearchAddress } from '../search-address.ts';

/** How much of what a search finds there is, by kind, format, client, campaign and tag. */
export function useFacets({ q = '' }: SearchAddress) {
  return useQuery({ ...trpc.asset.facets.queryOptions({ query: q }), placeholderData: keepPreviousData });
}
