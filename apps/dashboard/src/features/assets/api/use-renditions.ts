import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AssetRenditions, Preset } from '@vitrine/schema';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** What is made of an asset, by preset. */
export function useRenditions(id: string) {
  return useQuery(trpc.asset.renditions.queryOptions({ id }));
}

type Item = AssetRenditions['items'][number]['rendition'];

/** How far a preset is; undefined while that is not known. */
export function renditionOf(renditions: AssetRenditions | undefined, preset: Preset): Item | undefined {
  return renditions?.items.find((item) => item.preset === preset)?.rendition;
}

/** Tries failed ones again, or takes the poster elsewhere; live changes tell when that is done. */
export function useRenditionMutations() {
  const queryClient = useQueryClient();
  const options = {
    onSuccess: (renditions: AssetRenditions) => {
      queryClient.setQueryData(trpc.asset.renditions.queryKey({ id: renditions.id }), renditions);
      void queryClient.invalidateQueries(trpc.asset.get.queryFilter({ id: renditions.id }));
    },
    onError: (error: unknown) => {
      toast.error(sentenceOf(error));
    },
  };
  return {
    retry: useMutation(trpc.asset.retryRenditions.mutationOptions(options)),
    setPoster: useMutation(trpc.asset.setPoster.mutationOptions(options)),
  };
}
