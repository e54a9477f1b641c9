import type { Grant } from '@vitrine/schema';
import { X } from 'lucide-react';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { type GrantRemoved, type GrantSet, takenBack, withRole } from '../grant-edits.ts';
import { clientRoleOptions, exceptionRoleOptions } from '../role-words.ts';

interface GrantRowProps {
  grant: Grant;
  /** The campaign or asset; null for the whole client. */
  about: string | null;
  isBusy: boolean;
  onSet: (grant: GrantSet) => void;
  onRemove: (grant: GrantRemoved) => void;
}

/** One person's role at one thing. */
export function GrantRow({ grant, about, isBusy, onSet, onRemove }: GrantRowProps) {
  const { person } = grant;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium text-sm">{person.name}</p>
        <p className="truncate text-faint text-xs">
          {about && <span className="text-soft">{about} · </span>}
          {person.email}
        </p>
      </div>
      <div className="w-44">
        <Select
          label={`Role of ${person.name}${about ? ` at ${about}` : ''}`}
          labelHidden
          options={grant.kind === 'client' ? clientRoleOptions : exceptionRoleOptions}
          value={grant.role}
          isDisabled={isBusy}
          onChange={(role) => {
            const next = withRole(grant, role);
            if (next) onSet(next);
          }}
        />
      </div>
      <IconButton
        small
        label={`Remove ${person.name}${about ? ` from ${about}` : ''}`}
        icon={<X size={15} aria-hidden />}
        isDisabled={isBusy}
        onPress={() => onRemove(takenBack(grant))}
      />
    </li>
  );
}
