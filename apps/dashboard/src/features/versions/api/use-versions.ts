import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Asset } from '@vitrine/schema';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useRefreshLists } from '../../assets/api/use-asset-mutations.ts';

/** The history of an asset's bytes, and how an earlier state of them comes back. */
export function useVersions(asset: Asset) {
  const queryClient = useQueryClient();
  const refreshLists = useRefreshLists();
  const versions = useQuery(trpc.asset.versions.queryOptions({ id: asset.id }));
  const { data, refetch } = versions;
  const isBehind = data !== undefined && data[0]?.number !== asset.version;
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, refetch]);
  return {
    versions,
    restore: useMutation(
      trpc.asset.restoreVersion.mutationOptions({
        onSuccess: (restored) => {
          queryClient.setQueryData(trpc.asset.get.queryKey({ id: restored.id }), restored);
          toast.success(`These bytes are current again, as version ${restored.version}.`);
          void refreshLists();
        },
        onError: (error) => toast.error(sentenceOf(error)),
      }),
    ),
  };
}
