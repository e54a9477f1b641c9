import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { changePassword } from '../api/change-password.ts';
import { AccountSection } from './account-section.tsx';

const minLength = 10;

/** One's own password. */
export function PasswordSection() {
  const queryClient = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isShort, setShort] = useState(false);
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      setCurrent('');
      setNew('');
      toast.success('Your password was changed, and you are signed out everywhere else.');
      await queryClient.invalidateQueries(trpc.session.list.pathFilter());
    },
  });
  return (
    <AccountSection title="Password" lead="Changing it signs you out everywhere else.">
      <Form
        className="grid max-w-sm gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          const tooShort = newPassword.length < minLength;
          setShort(tooShort);
          if (!tooShort && !change.isPending) change.mutate({ currentPassword, newPassword });
        }}
      >
        {change.error && (
          <p role="alert" className="rounded-xl bg-danger-wash px-3.5 py-3 text-danger-ink text-sm">
            {change.error.message}
          </p>
        )}
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrent}
          isRequired
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          value={newPassword}
          onChange={setNew}
          error={isShort ? `must have at least ${minLength} characters` : undefined}
          hint="At least 10 characters. A sentence is a good one."
          isRequired
        />
        <div>
          <Button type="submit" look="primary" isBusy={change.isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </AccountSection>
  );
}
