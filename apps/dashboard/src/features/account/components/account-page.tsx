import { useTitle } from '../../../lib/use-title.ts';
import { KeysSection } from '../../keys/components/keys-section.tsx';
import { useSelf } from '../../session/api/use-self.ts';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** One's own account: how one signs in, and where one is. */
export function AccountPage() {
  useTitle('Your account');
  const { name, email, role } = useSelf();
  return (
    <div className="mx-auto w-full max-w-3xl px-4 pt-6 pb-28 sm:px-8 sm:pt-9">
      <h1 className="font-semibold text-2xl tracking-tight">Your account</h1>
      <p className="mt-1 break-words text-soft text-sm">
        {name} · {email} · <span className="capitalize">{role}</span>
      </p>
      <SessionsSection />
      <PasskeysSection />
      <PasswordSection />
      <KeysSection />
    </div>
  );
}
