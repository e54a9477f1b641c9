import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useTrashActions } from '../../trash/api/use-trash.ts';
import { useRefreshLists } from './use-asset-mutations.ts';

/** Moves an asset to the trash. `onTrashed` leaves its page. */
export function useTrashAsset({ onTrashed }: { onTrashed: () => Promise<void> }) {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const { restore } = useTrashActions();
  return useMutation(
    trpc.asset.trash.mutationOptions({
      onSuccess: async (answer, { id }) => {
        toast.success(answer.message, {
          action: { label: 'Undo', onClick: () => restore.mutate({ id }) },
        });
        // Only once its page is left: while it is shown, what is taken from the cache is asked for again, and not found.
        await onTrashed();
        queryClient.removeQueries(trpc.asset.get.queryFilter({ id }));
        await Promise.all([queryClient.invalidateQueries(trpc.trash.pathFilter()), refreshLists()]);
      },
      onError: (error) => toast.error(sentenceOf(error)),
    }),
  );
}
