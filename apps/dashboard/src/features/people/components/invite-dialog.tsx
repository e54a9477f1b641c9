import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OnceLink, UserRole } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, type FieldErrors } from '../../../lib/field-errors.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { roleOptions } from '../role-options.ts';

interface InviteDialogProps {
  /** Whether owners may be invited, too. */
  byOwner: boolean;
  onInvited: (link: OnceLink) => void;
  onClose: () => void;
}

/** Makes an address at which somebody joins. */
export function InviteDialog({ byOwner, onInvited, onClose }: InviteDialogProps) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<UserRole>('member');
  const [errors, setErrors] = useState<FieldErrors>({});
  const queryClient = useQueryClient();
  const invite = useMutation(
    trpc.account.invite.mutationOptions({
      onSuccess: (made) => {
        void queryClient.invalidateQueries(trpc.account.invitations.pathFilter());
        onInvited(made);
      },
      onError: (error) => {
        const fields = errorsOfProblem(error);
        setErrors(fields);
        if (Object.keys(fields).length === 0) toast.error(sentenceOf(error));
      },
    }),
  );
  return (
    <Dialog
      title="Invite somebody"
      lead="They choose their own password. What they see of each client is opened to them there."
      isOpen
      onClose={onClose}
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (!invite.isPending) invite.mutate({ email, role });
        }}
      >
        <div className="grid gap-5 px-6 pt-1 pb-6">
          <TextField
            label="Email"
            type="email"
            value={email}
            onChange={setEmail}
            error={errors['email']}
            placeholder="ada@agency.example"
            autoFocus
            isRequired
          />
          <Select label="As" options={roleOptions(byOwner)} value={role} onChange={setRole} />
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={invite.isPending}>
            Make a link
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
