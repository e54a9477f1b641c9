import { useQuery } from '@tanstack/react-query';
import { guestPageSchema } from '@vitrine/schema';
import { ask, retryVisit } from '../visit/ask.ts';

/** Where a link is asked for. */
export const addressOf = (token: string) => `/api/u/${encodeURIComponent(token)}`;

/** Where files go that are sent with a link, and what it still takes. */
export function useGuest(token: string) {
  return useQuery({
    queryKey: ['guest', token],
    queryFn: async ({ signal }) => guestPageSchema.parse(await ask(addressOf(token), { signal })),
    retry: retryVisit,
    refetchOnWindowFocus: false,
  });
}
