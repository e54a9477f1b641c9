import { useQuery } from '@tanstack/react-query';
import { type ClientId, type IssuedKey, type KeyScope, keyScopes } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Check } from '../../../components/ui/check.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, type FieldErrors } from '../../../lib/field-errors.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { endOf, type Lasts, lasts } from '../../shares/share-choices.ts';
import type { useKeys } from '../api/use-keys.ts';
import { scopeWords } from '../scope-words.ts';

interface KeyDialogProps {
  create: ReturnType<typeof useKeys>['create'];
  /** Whether a key of theirs may run the installation. */
  mayRun: boolean;
  onIssued: (key: IssuedKey) => void;
  onClose: () => void;
}

const without = <T,>(all: readonly T[], one: T) => all.filter((other) => other !== one);

/** Makes a key: what for, what it may do, where, and until when. */
export function KeyDialog({ create, mayRun, onIssued, onClose }: KeyDialogProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['assets:read']);
  const [clientIds, setClientIds] = useState<readonly ClientId[]>([]);
  const [lasting, setLasting] = useState<Lasts>('90');
  const [errors, setErrors] = useState<FieldErrors>({});
  const clients = useQuery(trpc.client.list.queryOptions({}));

  const make = () =>
    create.mutate(
      {
        name,
        scopes: [...scopes],
        clientIds: clientIds.length > 0 ? [...clientIds] : null,
        expiresAt: endOf(lasting),
      },
      {
        onSuccess: onIssued,
        onError: (error) => {
          const fields = errorsOfProblem(error);
          setErrors(fields);
          if (Object.keys(fields).length === 0) toast.error(sentenceOf(error));
        },
      },
    );
  return (
    <Dialog title="New API key" lead="It is shown once, when it is made." isOpen onClose={onClose}>
      <Form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) make();
        }}
      >
        <div className="grid min-h-0 gap-5 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
          <div className="grid gap-5 sm:grid-cols-[1fr_9rem]">
            <TextField
              label="What for"
              value={name}
              onChange={setName}
              error={errors['name']}
              placeholder="Video pipeline"
              autoFocus
              isRequired
            />
            <Select label="For" options={lasts} value={lasting} onChange={setLasting} />
          </div>
          <fieldset className="grid gap-1">
            <legend className="mb-1 font-medium text-sm">It may</legend>
            {keyScopes
              .filter((scope) => mayRun || scope !== 'jobs:manage')
              .map((scope) => (
                <Check
                  key={scope}
                  label={scopeWords[scope].label}
                  hint={scopeWords[scope].hint}
                  isChecked={scopes.includes(scope)}
                  onChange={(is) => setScopes(is ? [...scopes, scope] : without(scopes, scope))}
                />
              ))}
            {errors['scopes'] && <p className="text-danger-ink text-xs">{errors['scopes']}</p>}
          </fieldset>
          {clients.data && clients.data.length > 0 && (
            <fieldset className="grid gap-1">
              <legend className="mb-1 font-medium text-sm">
                Only these clients{' '}
                <span className="font-normal text-faint">· none ticked: all that you see</span>
              </legend>
              <div className="grid max-h-40 gap-1 overflow-y-auto scroll-quiet">
                {clients.data.map(({ id, name: client }) => (
                  <Check
                    key={id}
                    label={client}
                    isChecked={clientIds.includes(id)}
                    onChange={(is) => setClientIds(is ? [...clientIds, id] : without(clientIds, id))}
                  />
                ))}
              </div>
            </fieldset>
          )}
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={create.isPending}>
            Make the key
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
