import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** Archives a client or brings it back. */
export function useArchiveClient() {
  const queryClient = useQueryClient();
  return useMutation(
    trpc.client.update.mutationOptions({
      onSuccess: async (client) => {
        queryClient.setQueryData(trpc.client.get.queryKey({ id: client.id }), client);
        await queryClient.invalidateQueries(trpc.client.list.pathFilter());
        toast.success(
          client.archivedAt ? `${client.name} is archived.` : `${client.name} is back in the library.`,
        );
      },
      onError: (error) => toast.error(sentenceOf(error)),
    }),
  );
}
