import type { Campaign, ExceptionRole, Grant, Person } from '@vitrine/schema';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { type GrantSet, newGrant, withoutGrantAt } from '../grant-edits.ts';
import { clientRoleOptions, exceptionRoleOptions } from '../role-words.ts';

interface AddGrantProps {
  clientId: string;
  people: readonly Person[];
  /** Those that are given already. */
  grants: readonly Grant[];
  campaigns: readonly Campaign[];
  isPending: boolean;
  onAdd: (grant: GrantSet) => void;
}

const wholeClient = 'client';

/** Lets somebody in, to the whole client or to one campaign. */
export function AddGrant({ clientId, people, grants, campaigns, isPending, onAdd }: AddGrantProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [where, setWhere] = useState<string>(wholeClient);
  const [role, setRole] = useState<ExceptionRole>('viewer');
  const atClient = where === wholeClient;
  const others = withoutGrantAt(people, grants, atClient ? null : where);
  const person = others.find(({ id }) => id === chosen) ?? others[0];
  const grant = person && newGrant({ clientId, campaignId: atClient ? null : where }, person.id, role);
  if (people.length === 0) {
    return (
      <p className="text-soft text-sm">
        There are no members to let in yet. Owners and admins invite them under “People”.
      </p>
    );
  }
  return (
    <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)_auto]">
      <Select
        label="Person"
        options={others.map(({ id, name, email }) => ({ id: String(id), label: name, note: email }))}
        value={String(person?.id ?? '')}
        onChange={setChosen}
      />
      <Select
        label="Sees"
        options={[
          { id: wholeClient, label: 'The whole client' },
          ...campaigns.map(({ id, name }) => ({ id: String(id), label: name })),
        ]}
        value={where}
        onChange={(next) => {
          setWhere(next);
          if (next === wholeClient && role === 'none') setRole('viewer');
        }}
      />
      <Select
        label="As"
        options={atClient ? clientRoleOptions : exceptionRoleOptions}
        value={role}
        onChange={setRole}
      />
      <Button look="primary" isBusy={isPending} isDisabled={!grant} onPress={() => grant && onAdd(grant)}>
        <UserPlus size={16} aria-hidden />
        Add
      </Button>
    </div>
  );
}
