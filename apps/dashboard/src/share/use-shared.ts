import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { problemSchema, type SharedPage, sharedPageSchema } from '@vitrine/schema';

export type OpenPage = Extract<SharedPage, { state: 'open' }>;

/** A refusal, in the server's own words. */
export class ShareError extends Error {
  /** The link works no more; asking again is no use. */
  readonly isGone: boolean;
  constructor(detail: string, status: number) {
    super(detail);
    this.isGone = status === 404;
  }
}

async function answered(request: Promise<Response>): Promise<unknown> {
  const answer = await request;
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body;
  const problem = problemSchema.safeParse(body);
  throw new ShareError(problem.data?.detail ?? 'The server could not be reached.', answer.status);
}

const keyOf = (token: string) => ['shared', token];
const addressOf = (token: string) => `/api/s/${encodeURIComponent(token)}`;

/** What a link shows, page after page. */
export function useShared(token: string) {
  return useInfiniteQuery({
    queryKey: keyOf(token),
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === '' ? '' : `?cursor=${encodeURIComponent(pageParam)}`;
      return sharedPageSchema.parse(await answered(fetch(`${addressOf(token)}${query}`, { signal })));
    },
    initialPageParam: '',
    getNextPageParam: (last) => (last.state === 'open' ? last.nextCursor : null),
    retry: (failures, error) => !(error instanceof ShareError) && failures < 2,
    // Each time it is asked for anew the server decides anew; a page that is being looked at stays.
    refetchOnWindowFocus: false,
  });
}

export function useUnlock(token: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (password: string) =>
      answered(
        fetch(`${addressOf(token)}/unlock`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ password }),
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(token) }),
  });
}
