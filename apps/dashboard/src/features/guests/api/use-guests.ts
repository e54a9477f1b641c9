import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useRefreshLists } from '../../assets/api/use-asset-mutations.ts';

/** The links with which people without an account send files for a campaign. */
export function useUploadLinks(campaignId: string) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.uploadLink.pathFilter());
  const onError = (error: unknown) => void toast.error(sentenceOf(error));
  return {
    list: useQuery(trpc.uploadLink.list.queryOptions({ campaignId })),
    create: useMutation(trpc.uploadLink.create.mutationOptions({ onSuccess: refresh })),
    revoke: useMutation(
      trpc.uploadLink.revoke.mutationOptions({
        onSuccess: async ({ name }) => {
          toast.success(`“${name}” takes nothing any more.`);
          await refresh();
        },
        onError,
      }),
    ),
  };
}

/** What guests have sent for a client, and what is decided about it. */
export function useGuestFiles(clientId: string) {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const refresh = async () => {
    await Promise.all([queryClient.invalidateQueries(trpc.guest.pathFilter()), refreshLists()]);
  };
  const onError = (error: unknown) => void toast.error(sentenceOf(error));
  return {
    files: useInfiniteQuery(
      trpc.guest.list.infiniteQueryOptions(
        { clientId, limit: 100 },
        { getNextPageParam: ({ nextCursor }) => nextCursor },
      ),
    ),
    accept: useMutation(trpc.guest.accept.mutationOptions({ onSuccess: refresh, onError })),
    refuse: useMutation(trpc.guest.refuse.mutationOptions({ onSuccess: refresh, onError })),
  };
}
