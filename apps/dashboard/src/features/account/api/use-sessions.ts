import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** Where one is signed in, and how that is ended. */
export function useSessions() {
  const queryClient = useQueryClient();
  const settled = {
    onSettled: () => queryClient.invalidateQueries(trpc.session.list.pathFilter()),
    onError: (error: unknown) => void toast.error(sentenceOf(error)),
  };
  return {
    sessions: useQuery(trpc.session.list.queryOptions()),
    revoke: useMutation(trpc.session.revoke.mutationOptions(settled)),
    revokeOthers: useMutation(trpc.session.revokeOthers.mutationOptions(settled)),
  };
}
