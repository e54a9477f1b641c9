import type { Session } from '@vitrine/schema';
import { Monitor, Smartphone } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';
import { agentName } from '../agent-name.ts';

interface SessionRowProps {
  session: Session;
  isBusy: boolean;
  onEnd: () => void;
}

/** One browser in which one is signed in. This one is left by signing out. */
export function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const { agent, address, createdAt, lastUsedAt, isCurrent } = session;
  const name = agentName(agent);
  const Icon = /iPhone|Android/.test(name) ? Smartphone : Monitor;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <Icon size={20} aria-hidden className="shrink-0 text-faint" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
          {name}
          {isCurrent && (
            <span className="rounded-md bg-accent-wash px-1.5 text-accent-ink text-xs leading-5">
              This browser
            </span>
          )}
        </p>
        <p className="text-faint text-xs tabular">
          {address && <>{address} · </>}signed in {formatMoment(createdAt)} · last used{' '}
          {formatMoment(lastUsedAt)}
        </p>
      </div>
      {!isCurrent && (
        <Button isDisabled={isBusy} aria-label={`Sign out ${name}`} onPress={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}
