import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { countOf } from '../../../lib/count-of.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useRefreshLists } from '../../assets/api/use-asset-mutations.ts';

/** What lies in the trash (of a client, or of all of them), what came last first. */
export function useTrashList(clientId: string | undefined) {
  return useInfiniteQuery(
    trpc.trash.list.infiniteQueryOptions(
      { limit: 50, ...(clientId && { clientId }) },
      { getNextPageParam: ({ nextCursor }) => nextCursor, placeholderData: keepPreviousData },
    ),
  );
}

/** Back, or gone for good. */
export function useTrashActions() {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const settled = async () => {
    await Promise.all([queryClient.invalidateQueries(trpc.trash.pathFilter()), refreshLists()]);
  };
  const onError = (error: unknown) => void toast.error(sentenceOf(error));
  return {
    restore: useMutation(
      trpc.asset.restore.mutationOptions({
        onSuccess: async ({ name }) => {
          toast.success(`“${name}” is back in the library.`);
          await settled();
        },
        onError,
      }),
    ),
    purge: useMutation(
      trpc.asset.purge.mutationOptions({
        onSuccess: async ({ message }) => {
          toast.success(message);
          await settled();
        },
        onError,
      }),
    ),
    empty: useMutation(
      trpc.trash.empty.mutationOptions({
        onSuccess: async ({ purged, kept }) => {
          const rest = kept > 0 ? ` ${countOf(kept, 'asset')} stay, because something is made of them.` : '';
          toast.success(`${countOf(purged, 'asset')} deleted for good.${rest}`);
          await settled();
        },
        onError,
      }),
    ),
  };
}
