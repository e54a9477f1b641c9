import type { OnceLink } from '@vitrine/schema';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import { useSelf } from '../../session/api/use-self.ts';
import { usePeople } from '../api/use-people.ts';
import { InvitationRow } from './invitation-row.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { OnceLinkDialog } from './once-link-dialog.tsx';
import { PersonRow } from './person-row.tsx';

/** Everybody who may sign in. For owners and admins. */
export function PeoplePage() {
  useTitle('People');
  const self = useSelf();
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<OnceLink | null>(null);
  const { people, invitations, withdraw, setRole, setDisabled, resetLink, endSessions } = usePeople();
  /** What was mailed needs nobody's hands. */
  const handOver = (made: OnceLink) => {
    if (made.url === null) toast.success(`A link was mailed to ${made.email}.`);
    else setLink(made);
  };
  const byOwner = self.role === 'owner';
  if (people.error) return <ErrorNotice isPage error={people.error} onRetry={() => people.refetch()} />;
  return (
    <div className="mx-auto w-full max-w-4xl px-4 pt-6 pb-28 sm:px-8 sm:pt-9">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">People</h1>
          <p className="mt-1 text-soft text-sm">
            Owners and admins see every client; members what is opened to them at each.
          </p>
        </div>
        <Button look="primary" onPress={() => setInviting(true)}>
          <UserPlus size={16} aria-hidden />
          Invite
        </Button>
      </div>
      {people.isPending && <Skeleton className="mt-6 h-40 rounded-2xl" />}
      <ul aria-label="People" className="mt-6 grid gap-2">
        {people.data?.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            byOwner={byOwner}
            isSelf={person.id === self.userId}
            isBusy={setRole.isPending || setDisabled.isPending}
            onRole={(role) => setRole.mutate({ userId: person.id, role })}
            onDisable={(disabled) => setDisabled.mutate({ userId: person.id, disabled })}
            onEndSessions={() => endSessions.mutate({ userId: person.id })}
            onResetLink={() => resetLink.mutate({ userId: person.id }, { onSuccess: handOver })}
          />
        ))}
      </ul>
      {invitations.data && invitations.data.length > 0 && (
        <section aria-labelledby="invited" className="mt-9">
          <h2 id="invited" className="font-semibold text-base tracking-tight">
            Invited
          </h2>
          <p className="mt-1 text-soft text-sm">They have not chosen a password yet.</p>
          <ul aria-labelledby="invited" className="mt-4 grid gap-2">
            {invitations.data.map((invitation) => (
              <InvitationRow
                key={invitation.email}
                invitation={invitation}
                mayWithdraw={byOwner || invitation.role !== 'owner'}
                isBusy={withdraw.isPending}
                onWithdraw={() => !withdraw.isPending && withdraw.mutate({ email: invitation.email })}
              />
            ))}
          </ul>
        </section>
      )}
      {isInviting && (
        <InviteDialog
          byOwner={byOwner}
          onInvited={(made) => {
            setInviting(false);
            handOver(made);
          }}
          onClose={() => setInviting(false)}
        />
      )}
      {link?.url && <OnceLinkDialog link={link} url={link.url} onClose={() => setLink(null)} />}
    </div>
  );
}
