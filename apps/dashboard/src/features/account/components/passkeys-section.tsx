import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';
import { agentName } from '../agent-name.ts';
import { addPasskey, listPasskeys, type Passkey, removePasskey } from '../api/passkeys.ts';
import { AccountSection } from './account-section.tsx';

const queryKey = ['passkeys'];
const nameOf = ({ name }: Passkey) => name || 'Passkey';

/** Keys of devices with which one signs in without a password. */
export function PasskeysSection() {
  const queryClient = useQueryClient();
  const settled = {
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
    onError: (error: Error) => void toast.error(error.message),
  };
  const { data } = useQuery({ queryKey, queryFn: listPasskeys });
  const add = useMutation({ mutationFn: addPasskey, ...settled });
  const remove = useMutation({ mutationFn: removePasskey, ...settled });
  return (
    <AccountSection
      title="Passkeys"
      lead="Sign in with a finger, a face or the PIN of your device instead of a password."
      action={
        browserSupportsWebAuthn() && (
          <Button isBusy={add.isPending} onPress={() => add.mutate(agentName(navigator.userAgent))}>
            Add a passkey
          </Button>
        )
      }
    >
      {data?.length === 0 && <p className="text-faint text-sm">You have none yet.</p>}
      <ul aria-label="Passkeys" className="-my-3 divide-y divide-line">
        {data?.map((passkey) => (
          <li key={passkey.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <KeyRound size={20} aria-hidden className="shrink-0 text-faint" />
            <div className="min-w-0 flex-1 basis-52">
              <p className="font-medium text-sm">{nameOf(passkey)}</p>
              <p className="text-faint text-xs tabular">
                {passkey.createdAt && `Since ${formatMoment(passkey.createdAt)}`}
                {passkey.backedUp ? ' · on all your devices' : ' · on this device only'}
              </p>
            </div>
            <Button
              aria-label={`Remove ${nameOf(passkey)}`}
              isDisabled={remove.isPending}
              onPress={() => remove.mutate(passkey.id)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </AccountSection>
  );
}
