import { useMutation } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../../components/ui/button.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { signIn } from '../api/sign-in.ts';

interface PasswordFormProps {
  /** What went wrong on another way in; null: nothing. */
  refusal: string | null;
  onSignedIn: () => void;
  /** Null: no mail is sent here. */
  onForgot: ((email: string) => void) | null;
}

/** E-mail address and password. */
export function PasswordForm({ refusal, onSignedIn, onForgot }: PasswordFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = useMutation({ mutationFn: signIn, onSuccess: onSignedIn });
  const problem = submit.error?.message ?? (submit.isPending ? null : refusal);
  return (
    <Form
      className="mt-8 grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!submit.isPending) submit.mutate({ email: email.trim(), password });
      }}
    >
      {problem && (
        <p
          role="alert"
          className="flex items-start gap-2.5 rounded-xl bg-danger-wash px-3.5 py-3 text-danger-ink text-sm"
        >
          <CircleAlert size={17} aria-hidden className="mt-px shrink-0" />
          {problem}
        </p>
      )}
      <TextField
        label="Email"
        type="email"
        autoComplete="username webauthn"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
      />
      <Button type="submit" look="primary" size="lg" isBusy={submit.isPending}>
        {submit.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
      {onForgot && (
        <Button look="quiet" onPress={() => onForgot(email)}>
          Forgot password?
        </Button>
      )}
    </Form>
  );
}
