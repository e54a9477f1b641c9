import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** The links of a client, the newest first. */
export function useShares(clientId: string) {
  return useInfiniteQuery(
    trpc.share.list.infiniteQueryOptions(
      { clientId, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
}

export function useShareMutations() {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.share.pathFilter());
  return {
    create: useMutation(trpc.share.create.mutationOptions({ onSuccess: refresh })),
    revoke: useMutation(
      trpc.share.revoke.mutationOptions({
        onSuccess: async ({ name }) => {
          toast.success(`“${name}” shows nothing any more.`);
          await refresh();
        },
        onError: (error) => toast.error(sentenceOf(error)),
      }),
    ),
  };
}
