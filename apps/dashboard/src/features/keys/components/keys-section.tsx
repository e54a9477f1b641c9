import type { ApiKey, IssuedKey } from '@vitrine/schema';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog.tsx';
import { CopyDialog } from '../../../components/ui/copy-dialog.tsx';
import { ErrorNotice } from '../../../components/ui/error-notice.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { AccountSection } from '../../account/components/account-section.tsx';
import { useSelf } from '../../session/api/use-self.ts';
import { useKeys } from '../api/use-keys.ts';
import { KeyDialog } from './key-dialog.tsx';
import { KeyRow } from './key-row.tsx';

/** What programs sign in with. */
export function KeysSection() {
  const self = useSelf();
  const { keys, create, revoke } = useKeys();
  const [isMaking, setMaking] = useState(false);
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  return (
    <AccountSection
      title="API keys"
      lead="For programs: a key acts for you, and never does more than you may."
      action={
        <Button onPress={() => setMaking(true)}>
          <KeyRound size={15} aria-hidden />
          New key
        </Button>
      }
    >
      {keys.error && <ErrorNotice error={keys.error} onRetry={() => keys.refetch()} />}
      {keys.isPending && <Skeleton className="h-16 rounded-xl" />}
      {keys.data?.length === 0 && <p className="text-soft text-sm">There is none yet.</p>}
      {keys.data && keys.data.length > 0 && (
        <ul aria-label="API keys" className="-my-3 divide-y divide-line">
          {keys.data.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              isOwn={key.person.id === self.userId}
              onEnd={() => setEnding(key)}
            />
          ))}
        </ul>
      )}
      {isMaking && (
        <KeyDialog
          create={create}
          mayRun={self.role !== 'member'}
          onIssued={(key) => {
            setMaking(false);
            setIssued(key);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {issued && (
        <CopyDialog
          title={`The key “${issued.name}”`}
          lead="Copy it now: it is shown only here."
          noun="Key"
          text={issued.key}
          onClose={() => setIssued(null)}
        />
      )}
      {ending && (
        <ConfirmDialog
          title="Revoke this key?"
          question={`Whatever uses “${ending.name}” is refused from now on. This cannot be taken back.`}
          action="Revoke"
          isOpen
          isPending={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: ending.id }, { onSettled: () => setEnding(null) })}
          onClose={() => setEnding(null)}
        />
      )}
    </AccountSection>
  );
}
