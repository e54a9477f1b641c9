import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AssetId, type BulkAnswer, maxBulkAssets } from '@vitrine/schema';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { useRefreshLists } from '../../assets/api/use-asset-mutations.ts';
import { addAnswers } from '../add-answers.ts';
import { givenText } from '../given-text.ts';
import type { Receiver } from '../receiver.ts';

interface Gift extends Receiver {
  readonly ids: readonly AssetId[];
}

/** Gives any number of assets to a client, as many at a time as the API takes, and says what became of them; a refusal is its `error`. */
export function useGiveAssets() {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const assign = useMutation(trpc.asset.bulkAssign.mutationOptions());
  return useMutation({
    mutationFn: async ({ ids, clientId, campaignId }: Gift): Promise<BulkAnswer[]> => {
      const answers: BulkAnswer[] = [];
      for (let from = 0; from < ids.length; from += maxBulkAssets) {
        const some = ids.slice(from, from + maxBulkAssets);
        answers.push(
          await assign.mutateAsync({ ids: some, clientId, ...(campaignId !== null && { campaignId }) }),
        );
      }
      return answers;
    },
    onSuccess: (answers, { clientName }) => {
      const sum = addAnswers(answers);
      const tell = sum.skipped > 0 ? toast.warning : toast.success;
      tell(givenText(sum, clientName));
    },
    // Also after an error: what went before it is given.
    onSettled: () =>
      Promise.all([refreshLists(), queryClient.invalidateQueries(trpc.asset.get.pathFilter())]),
  });
}
