import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** Whether an asset is hidden from its client's people, and how that is changed. */
export function useHiding(assetId: string, { onSaved }: { onSaved?: () => void } = {}) {
  const queryClient = useQueryClient();
  const key = trpc.asset.hiding.queryOptions({ id: assetId });
  return {
    hiding: useQuery(key),
    hide: useMutation(
      trpc.asset.hide.mutationOptions({
        onSuccess: (saved) => {
          queryClient.setQueryData(key.queryKey, saved);
          toast.success(saved.hidden ? 'Only managers see it now.' : 'Everybody at the client sees it now.');
          onSaved?.();
        },
        onError: (error) => toast.error(sentenceOf(error)),
      }),
    ),
  };
}
