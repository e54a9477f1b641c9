import type { Invitation } from '@vitrine/schema';
import { Button } from '../../../components/ui/button.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';
import { roleName } from '../role-options.ts';

interface InvitationRowProps {
  invitation: Invitation;
  /** Nobody but an owner withdraws what an owner was invited with. */
  mayWithdraw: boolean;
  isBusy: boolean;
  onWithdraw: () => void;
}

/** Somebody who has not joined yet. */
export function InvitationRow({ invitation, mayWithdraw, isBusy, onWithdraw }: InvitationRowProps) {
  const { email, role, expiresAt } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-surface px-4 py-3 shadow-card">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium text-sm">{email}</p>
        <p className="truncate text-faint text-xs">{roleName(role)}</p>
      </div>
      <p className="basis-52 text-faint text-xs tabular">Until {formatMoment(expiresAt)}</p>
      {mayWithdraw && (
        <Button
          look="quiet"
          isBusy={isBusy}
          aria-label={`Withdraw the invitation of ${email}`}
          onPress={onWithdraw}
        >
          Withdraw
        </Button>
      )}
    </li>
  );
}
