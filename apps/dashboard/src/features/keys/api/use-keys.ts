import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** The API keys that one may see: one's own; owners and admins see everybody's. */
export function useKeys() {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.key.pathFilter());
  return {
    keys: useQuery(trpc.key.list.queryOptions()),
    create: useMutation(trpc.key.create.mutationOptions({ onSuccess: refresh })),
    revoke: useMutation(
      trpc.key.revoke.mutationOptions({
        onSuccess: async () => {
          toast.success('The key opens nothing any more.');
          await refresh();
        },
        onError: (error) => toast.error(sentenceOf(error)),
      }),
    ),
  };
}
