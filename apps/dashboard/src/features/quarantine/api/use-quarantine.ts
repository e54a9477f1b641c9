import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useRefreshLists } from '../../assets/api/use-asset-mutations.ts';

/** Files that were refused, what came last first, a page at a time. */
export function useQuarantine() {
  return useInfiniteQuery(
    trpc.quarantine.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
}

/** A file becomes an asset after all (why not, is its `error`), or goes for good. */
export function useQuarantineActions() {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  // Also after a refusal: somebody else may have decided.
  const onSettled = () => queryClient.invalidateQueries(trpc.quarantine.pathFilter());
  return {
    accept: useMutation(
      trpc.quarantine.accept.mutationOptions({ onSuccess: () => void refreshLists(), onSettled }),
    ),
    discard: useMutation(
      trpc.quarantine.discard.mutationOptions({
        onSuccess: ({ message }) => void toast.success(message),
        onError: (error) => void toast.error(sentenceOf(error)),
        onSettled,
      }),
    ),
  };
}
