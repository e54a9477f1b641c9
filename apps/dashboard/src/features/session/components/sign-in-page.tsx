import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { BrandMark } from '../../../components/ui/brand-mark.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import { signIn } from '../api/sign-in.ts';
import { ShowcaseArt } from './showcase-art.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  useTitle('Sign in');
  const { redirect } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      // Nothing that another person loaded in this tab may be shown to this one.
      queryClient.clear();
      router.history.push(redirect ?? '/');
    },
  });

  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.25fr]">
      <main className="flex flex-col justify-center px-6 py-12 sm:px-12">
        <div className="mx-auto w-full max-w-sm">
          <BrandMark size={40} />
          <h1 className="mt-7 font-semibold text-3xl">Sign in to Vitrine</h1>
          <p className="mt-2 text-soft">Your clients’ images, films, sound and documents in one place.</p>
          <Form
            className="mt-8 grid gap-5"
            onSubmit={(event) => {
              event.preventDefault();
              if (!submit.isPending) submit.mutate({ email: email.trim(), password });
            }}
          >
            {submit.error && (
              <p
                role="alert"
                className="flex items-start gap-2.5 rounded-xl bg-danger-wash px-3.5 py-3 text-danger-ink text-sm"
              >
                <CircleAlert size={17} aria-hidden className="mt-px shrink-0" />
                {submit.error.message}
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
          </Form>
          <p className="mt-8 text-faint text-sm">
            Accounts are made by whoever runs this server. Ask them if you have none, or forgot your password.
          </p>
        </div>
      </main>
      <ShowcaseArt />
    </div>
  );
}
