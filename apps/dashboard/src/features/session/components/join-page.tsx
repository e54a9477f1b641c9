import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { Link2Off } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { trpc } from '../../../app/trpc.ts';
import { BrandMark } from '../../../components/ui/brand-mark.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { buttonClass } from '../../../components/ui/button-class.ts';
import { Notice } from '../../../components/ui/notice.tsx';
import { TextField } from '../../../components/ui/text-field.tsx';
import { errorsOfProblem, type FieldErrors } from '../../../lib/field-errors.ts';
import { sentenceOf } from '../../../lib/problem.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { signIn } from '../api/sign-in.ts';
import { ShowcaseArt } from './showcase-art.tsx';

/** Where somebody who was given an address chooses their password, once. The token stands behind the #, which no server is sent. */
export function JoinPage() {
  useTitle('Welcome');
  const token = useLocation({ select: ({ hash }) => hash });
  const { data, error } = useQuery({
    ...trpc.account.purpose.queryOptions({ token }),
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (error) {
    return (
      <main>
        <Notice
          isPage
          icon={<Link2Off size={26} aria-hidden />}
          title="This link does not work any more"
          action={
            <Link to="/sign-in" className={buttonClass({ look: 'primary' })}>
              Go to sign-in
            </Link>
          }
        >
          It works once, and only for some days. Ask whoever gave it to you for another one.
        </Notice>
      </main>
    );
  }
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.25fr]">
      <main className="flex flex-col justify-center px-6 py-12 sm:px-12">
        <div className="mx-auto w-full max-w-sm">
          <BrandMark size={40} />
          {data && <JoinForm token={token} isReset={data.purpose === 'reset'} email={data.email} />}
        </div>
      </main>
      <ShowcaseArt />
    </div>
  );
}

interface JoinFormProps {
  token: string;
  isReset: boolean;
  /** Null for the first owner, who says it. */
  email: string | null;
}

function JoinForm({ token, isReset, email: known }: JoinFormProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<FieldErrors>({});
  const join = useMutation(trpc.account.join.mutationOptions());
  const reset = useMutation(trpc.account.reset.mutationOptions());
  const submit = useMutation({
    mutationFn: async () => {
      const made = isReset
        ? await reset.mutateAsync({ token, password })
        : await join.mutateAsync({ token, name, password, ...(known === null && { email }) });
      await signIn({ email: made.email, password });
    },
    onSuccess: () => {
      queryClient.clear();
      router.history.push('/');
    },
    onError: (error) => setErrors(errorsOfProblem(error)),
  });
  const hasFieldError = Object.keys(errors).length > 0;
  return (
    <>
      <h1 className="mt-7 font-semibold text-3xl">
        {isReset ? 'Choose a new password' : 'Welcome to Vitrine'}
      </h1>
      <p className="mt-2 text-soft">
        {known === null ? 'You are the first one here: this makes you its owner.' : `For ${known}`}
      </p>
      <Form
        className="mt-8 grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          setErrors({});
          if (!submit.isPending) submit.mutate();
        }}
      >
        {submit.error && !hasFieldError && (
          <p role="alert" className="rounded-xl bg-danger-wash px-3.5 py-3 text-danger-ink text-sm">
            {sentenceOf(submit.error)}
          </p>
        )}
        {!isReset && (
          <TextField
            label="Your name"
            autoComplete="name"
            value={name}
            onChange={setName}
            error={errors['name']}
            isRequired
            autoFocus
          />
        )}
        {known === null && (
          <TextField
            label="Email"
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            error={errors['email']}
            isRequired
          />
        )}
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          error={errors['password']}
          hint="At least 10 characters. A sentence is a good one."
          isRequired
        />
        <Button type="submit" look="primary" size="lg" isBusy={submit.isPending}>
          {isReset ? 'Save and sign in' : 'Create account'}
        </Button>
      </Form>
    </>
  );
}
