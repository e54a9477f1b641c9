import type { IssuedShare, ShareTarget } from '@vitrine/schema';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../../components/ui/dialog.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, type FieldErrors } from '../../../lib/field-errors.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useShareMutations } from '../api/use-shares.ts';
import { endOf, type Gives, gives, type Lasts, lasts, namesIn, settingsOf } from '../share-choices.ts';
import { IssuedLinks } from './issued-links.tsx';

interface ShareDialogProps {
  target: ShareTarget;
  /** What the link is called unless somebody says otherwise; visitors read it. */
  name: string;
  onClose: () => void;
}

/** Makes a link for people without an account, and shows it this one time. */
export function ShareDialog({ target, name: usualName, onClose }: ShareDialogProps) {
  const [name, setName] = useState(usualName);
  const [given, setGiven] = useState<Gives>('originals');
  const [lasting, setLasting] = useState<Lasts>('30');
  const [password, setPassword] = useState('');
  const [recipients, setRecipients] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const [issued, setIssued] = useState<readonly IssuedShare[] | null>(null);
  const { create } = useShareMutations();
  if (issued) return <IssuedLinks links={issued} onClose={onClose} />;

  const make = () =>
    create.mutate(
      {
        target,
        name,
        ...settingsOf(given),
        expiresAt: endOf(lasting),
        recipients: namesIn(recipients),
        ...(password !== '' && { password }),
      },
      {
        onSuccess: setIssued,
        onError: (error) => {
          const fields = errorsOfProblem(error);
          setErrors(fields);
          if (Object.keys(fields).length === 0) toast.error(sentenceOf(error));
        },
      },
    );
  return (
    <Dialog
      title="Share"
      lead="Whoever has the link sees it without an account, until it ends or you revoke it."
      isOpen
      onClose={onClose}
    >
      <Form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) make();
        }}
      >
        <div className="grid min-h-0 gap-5 overflow-y-auto px-6 pt-1 pb-6 scroll-quiet">
          <TextField label="Title" value={name} onChange={setName} error={errors['name']} isRequired />
          <div className="grid gap-5 sm:grid-cols-[1fr_9rem]">
            <Select label="Visitors may" options={gives} value={given} onChange={setGiven} />
            <Select label="For" options={lasts} value={lasting} onChange={setLasting} />
          </div>
          <TextField
            label="Password"
            value={password}
            onChange={setPassword}
            error={errors['password']}
            autoComplete="off"
            placeholder="None"
          />
          <TextField
            label="Recipients"
            rows={2}
            value={recipients}
            onChange={setRecipients}
            error={errors['recipients']}
            hint="One to a line. Each gets a link of their own, so that you see who opened it."
          />
        </div>
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={create.isPending}>
            Make a link
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
