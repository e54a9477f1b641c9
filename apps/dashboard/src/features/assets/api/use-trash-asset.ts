import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useTrashActions } from '../../trash/api/use-trash.ts';
import { useRefreshLists } from './use-asset-mutations.ts';

/** Moves an asset to the trash. */
export function useTrashAsset({ onTrashed }: { onTrashed: () => void }) {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const { restore } = useTrashActions();
  return useMutation(
    trpc.asset.trash.mutationOptions({
      onSuccess: async (answer, { id }) => {
        toast.success(answer.message, {
          action: { label: 'Undo', onClick: () => restore.mutate({ id }) },
        });
        onTrashed();
        queryClient.removeQueries(trpc.asset.get.queryFilter({ id }));
        await Promise.all([queryClient.invalidateQueries(trpc.trash.pathFilter()), refreshLists()]);
      },
      onError: (error) => toast.error(sentenceOf(error)),
    }),
  );
}
