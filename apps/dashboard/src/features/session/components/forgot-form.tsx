import { useMutation } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { sentenceOf } from '../../../lib/problem.ts';

interface ForgotFormProps {
  /** What was typed before. */
  email: string;
  onBack: () => void;
}

/** Has a link for another password mailed. What it says is the same for every address. */
export function ForgotForm({ email: typed, onBack }: ForgotFormProps) {
  const [email, setEmail] = useState(typed);
  const ask = useMutation(trpc.account.forgot.mutationOptions());
  if (ask.isSuccess) {
    return (
      <div role="status" className="mt-8 grid gap-6">
        <p className="flex items-start gap-3 rounded-xl bg-sunken px-4 py-3.5 text-sm">
          <MailCheck size={18} aria-hidden className="mt-0.5 shrink-0" />
          <span>
            If {email.trim()} has an account, a link is on its way to it. It works once, for a day. Look into
            the spam folder, too.
          </span>
        </p>
        <Button onPress={onBack}>Back to sign-in</Button>
      </div>
    );
  }
  return (
    <Form
      className="mt-8 grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate({ email });
      }}
    >
      {ask.error && (
        <p role="alert" className="rounded-xl bg-danger-wash px-3.5 py-3 text-danger-ink text-sm">
          {sentenceOf(ask.error)}
        </p>
      )}
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
      />
      <Button type="submit" look="primary" size="lg" isBusy={ask.isPending}>
        Send me a link
      </Button>
      <Button look="quiet" onPress={onBack}>
        Back to sign-in
      </Button>
    </Form>
  );
}
