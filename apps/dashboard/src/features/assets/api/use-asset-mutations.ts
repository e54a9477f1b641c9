import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Asset } from '@vitrine/schema';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { hasCode, sentenceOf } from '../../../lib/problem.ts';

/** Everything that may show an asset is asked for again. */
export function useRefreshLists() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [
        trpc.asset.tiles.pathFilter(),
        trpc.asset.searchTiles.pathFilter(),
        trpc.asset.facets.pathFilter(),
        trpc.client.stats.pathFilter(),
        trpc.campaign.stats.pathFilter(),
        trpc.tag.list.pathFilter(),
      ].map((filter) => queryClient.invalidateQueries(filter)),
    );
}

/** Rename, move, tag, set roles. Refusals become toasts; after a conflict the asset is loaded again. */
export function useAssetMutations() {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const options = {
    onSuccess: (asset: Asset) => {
      queryClient.setQueryData(trpc.asset.get.queryKey({ id: asset.id }), asset);
      void refreshLists();
    },
    onError: (error: unknown) => {
      toast.error(sentenceOf(error));
      if (hasCode(error, 'conflict')) void queryClient.invalidateQueries(trpc.asset.get.pathFilter());
    },
  };
  return {
    update: useMutation(trpc.asset.update.mutationOptions(options)),
    setRoles: useMutation(trpc.asset.setRoles.mutationOptions(options)),
  };
}
