import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Building2, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../../app/trpc.ts';
import { BrandMark } from '../../../components/ui/brand-mark.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { useTitle } from '../../../lib/use-title.ts';
import { signInWithPasskey } from '../api/sign-in-with-passkey.ts';
import { startSso } from '../api/start-sso.ts';
import { ssoRefusal } from '../sso-refusal.ts';
import { ForgotForm } from './forgot-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { ShowcaseArt } from './showcase-art.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  useTitle('Sign in');
  const { redirect = '/', error } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: ways } = useQuery(trpc.system.signInWays.queryOptions());
  /** The address that was typed so far, once somebody forgot their password. */
  const [forgotten, setForgotten] = useState<string | null>(null);
  const sso = useMutation({ mutationFn: () => startSso(redirect) });
  const enter = () => {
    // Nothing that another person loaded in this tab may be shown to this one.
    queryClient.clear();
    router.history.push(redirect);
  };
  const withPasskey = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter });
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.25fr]">
      <main className="flex flex-col justify-center px-6 py-12 sm:px-12">
        <div className="mx-auto w-full max-w-sm">
          <BrandMark size={40} />
          <h1 className="mt-7 font-semibold text-3xl">
            {forgotten === null ? 'Sign in to Vitrine' : 'Choose another password'}
          </h1>
          <p className="mt-2 text-soft">
            {forgotten === null
              ? 'Your clients’ images, films, sound and documents in one place.'
              : 'A link with which you choose it is mailed to you.'}
          </p>
          {forgotten !== null ? (
            <ForgotForm email={forgotten} onBack={() => setForgotten(null)} />
          ) : (
            <>
              <PasswordForm
                refusal={withPasskey.error?.message ?? sso.error?.message ?? ssoRefusal(error)}
                onSignedIn={enter}
                onForgot={ways?.forgot ? setForgotten : null}
              />
              {browserSupportsWebAuthn() && (
                <Button
                  size="lg"
                  className="mt-5 w-full"
                  isBusy={withPasskey.isPending}
                  onPress={() => withPasskey.mutate()}
                >
                  <KeyRound size={17} aria-hidden />
                  Use a passkey
                </Button>
              )}
              {ways?.sso && (
                <Button
                  size="lg"
                  className="mt-3 w-full"
                  isBusy={sso.isPending || sso.isSuccess}
                  onPress={() => sso.mutate()}
                >
                  <Building2 size={17} aria-hidden />
                  Continue with {ways.sso.name}
                </Button>
              )}
              <p className="mt-8 text-faint text-sm">
                Accounts are made by whoever runs this server. Ask them if you have none
                {ways?.forgot ? '.' : ', or forgot your password.'}
              </p>
            </>
          )}
        </div>
      </main>
      <ShowcaseArt />
    </div>
  );
}
