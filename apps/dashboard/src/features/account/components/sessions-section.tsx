import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useSessions } from '../api/use-sessions.ts';
import { AccountSection } from './account-section.tsx';
import { SessionRow } from './session-row.tsx';

/** Where one is signed in. */
export function SessionsSection() {
  const { sessions, revoke, revokeOthers } = useSessions();
  const isBusy = revoke.isPending || revokeOthers.isPending;
  const endOthers = () =>
    revokeOthers.mutate(undefined, {
      onSuccess: ({ ended }) => {
        toast.success(ended === 1 ? 'Signed out in one place.' : `Signed out in ${ended} places.`);
      },
    });
  const hasOthers = sessions.data?.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <AccountSection
      title="Where you are signed in"
      lead="Sign out what you do not know, and change your password then."
      action={
        hasOthers && (
          <Button isBusy={revokeOthers.isPending} onPress={endOthers}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {sessions.error && <ErrorNotice error={sessions.error} onRetry={() => sessions.refetch()} />}
      {sessions.isPending && <Skeleton className="h-16 rounded-xl" />}
      <ul aria-label="Sessions" className="-my-3 divide-y divide-line">
        {sessions.data?.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isBusy={isBusy}
            onEnd={() => revoke.mutate({ id: session.id })}
          />
        ))}
      </ul>
    </AccountSection>
  );
}
