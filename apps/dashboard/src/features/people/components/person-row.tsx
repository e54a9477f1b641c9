import type { Account, UserRole } from '@vitrine/schema';
import { Ban, Ellipsis, KeyRound, LogOut, UserCheck } from 'lucide-react';
import { Button } from '../../../components/ui/button.tsx';
import { Menu, MenuItem } from '../../../components/ui/menu.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { formatMoment } from '../../../lib/format-moment.ts';
import { roleOptions } from '../role-options.ts';

interface PersonRowProps {
  person: Account;
  byOwner: boolean;
  isSelf: boolean;
  isBusy: boolean;
  onRole: (role: UserRole) => void;
  onDisable: (disabled: boolean) => void;
  onResetLink: () => void;
  onEndSessions: () => void;
}

/** One account. What somebody may not do with it is not offered. */
export function PersonRow({
  person,
  byOwner,
  isSelf,
  isBusy,
  onRole,
  onDisable,
  onResetLink,
  onEndSessions,
}: PersonRowProps) {
  const { name, email, role, createdAt, disabledAt } = person;
  const mayEdit = !isSelf && (byOwner || role !== 'owner');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-surface px-4 py-3 shadow-card">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex items-center gap-2 font-medium text-sm">
          <span className="truncate">{name}</span>
          {isSelf && <span className="font-normal text-faint text-xs">you</span>}
          {disabledAt && (
            <span className="rounded-md bg-warn-wash px-1.5 text-warn-ink text-xs leading-5">Disabled</span>
          )}
        </p>
        <p className="truncate text-faint text-xs">{email}</p>
      </div>
      <p className="basis-52 text-faint text-xs tabular">Since {formatMoment(createdAt)}</p>
      <div className="flex items-center gap-2">
        <div className="w-36">
          <Select
            label={`Role of ${name}`}
            labelHidden
            options={roleOptions(byOwner || role === 'owner')}
            value={role}
            isDisabled={!mayEdit || isBusy}
            onChange={onRole}
          />
        </div>
        {mayEdit && (
          <Menu
            label={`Actions for ${name}`}
            trigger={
              <Button look="quiet" size="icon" aria-label={`Actions for ${name}`}>
                <Ellipsis size={18} aria-hidden />
              </Button>
            }
          >
            <MenuItem icon={<KeyRound size={16} aria-hidden />} onAction={onResetLink}>
              New password link
            </MenuItem>
            <MenuItem icon={<LogOut size={16} aria-hidden />} onAction={onEndSessions}>
              Sign out everywhere
            </MenuItem>
            <MenuItem
              icon={disabledAt ? <UserCheck size={16} aria-hidden /> : <Ban size={16} aria-hidden />}
              danger={!disabledAt}
              onAction={() => onDisable(disabledAt === null)}
            >
              {disabledAt ? 'Let sign in again' : 'Disable account'}
            </MenuItem>
          </Menu>
        )}
      </div>
    </li>
  );
}
