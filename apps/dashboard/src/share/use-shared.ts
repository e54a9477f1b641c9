import { useInfiniteQuery } from '@tanstack/react-query';
import { type SharedPage, sharedPageSchema } from '@vitrine/schema';
import { ask, retryVisit } from '../visit/ask.ts';

export type OpenPage = Extract<SharedPage, { state: 'open' }>;

/** Where a link is asked for. */
export const addressOf = (token: string) => `/api/s/${encodeURIComponent(token)}`;

/** What a link shows, page after page. */
export function useShared(token: string) {
  return useInfiniteQuery({
    queryKey: ['shared', token],
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === '' ? '' : `?cursor=${encodeURIComponent(pageParam)}`;
      return sharedPageSchema.parse(await ask(`${addressOf(token)}${query}`, { signal }));
    },
    initialPageParam: '',
    getNextPageParam: (last) => (last.state === 'open' ? last.nextCursor : null),
    retry: retryVisit,
    // A page that is being looked at stays; each time it is asked for anew the server decides anew.
    refetchOnWindowFocus: false,
  });
}
