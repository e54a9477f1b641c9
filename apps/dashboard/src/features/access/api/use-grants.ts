import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** Who may do what with a client, and how that is changed. */
export function useGrants(clientId: string) {
  const queryClient = useQueryClient();
  const settled = {
    onSuccess: () => queryClient.invalidateQueries(trpc.grant.pathFilter()),
    onError: (error: unknown) => void toast.error(sentenceOf(error)),
  };
  return {
    grants: useQuery(trpc.grant.list.queryOptions({ clientId })),
    people: useQuery(trpc.grant.people.queryOptions({ clientId })),
    set: useMutation(trpc.grant.set.mutationOptions(settled)),
    remove: useMutation(trpc.grant.remove.mutationOptions(settled)),
  };
}
