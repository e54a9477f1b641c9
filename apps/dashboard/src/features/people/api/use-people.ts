import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { sentenceOf } from '../../../lib/problem.ts';

/** Who may sign in, and how that is changed. */
export function usePeople() {
  const queryClient = useQueryClient();
  const settled = {
    onSuccess: () => queryClient.invalidateQueries(trpc.account.pathFilter()),
    onError: (error: unknown) => void toast.error(sentenceOf(error)),
  };
  return {
    people: useQuery(trpc.account.list.queryOptions()),
    invitations: useQuery(trpc.account.invitations.queryOptions()),
    withdraw: useMutation(
      trpc.account.withdraw.mutationOptions({
        onSuccess: ({ email }) => {
          toast.success(`The invitation of ${email} is withdrawn. Its link leads nowhere now.`);
        },
        // Who joined a moment ago stands among the people now.
        onSettled: settled.onSuccess,
        onError: settled.onError,
      }),
    ),
    setRole: useMutation(trpc.account.setRole.mutationOptions(settled)),
    setDisabled: useMutation(trpc.account.setDisabled.mutationOptions(settled)),
    resetLink: useMutation(trpc.account.resetLink.mutationOptions({ onError: settled.onError })),
    endSessions: useMutation(
      trpc.account.endSessions.mutationOptions({
        onSuccess: ({ ended }) => {
          toast.success(ended === 0 ? 'They were signed in nowhere.' : 'They are signed out everywhere.');
        },
        onError: settled.onError,
      }),
    ),
  };
}
