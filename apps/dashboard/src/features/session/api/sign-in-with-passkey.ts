import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser';
import { z } from 'zod';

/** The browser itself looks at the rest. */
const optionsSchema = z.custom<PublicKeyCredentialRequestOptionsJSON>(
  (value) => typeof value === 'object' && value !== null && 'challenge' in value,
);

/** Begins a session with a passkey of this device. Throws an error with the sentence to show. */
export async function signInWithPasskey(): Promise<void> {
  const options = await fetch('/api/auth/passkey/generate-authenticate-options').catch(() => null);
  if (!options?.ok) throw new Error('The server did not answer. Check the connection and try again.');
  const optionsJSON = optionsSchema.parse(await options.json());
  const response = await startAuthentication({ optionsJSON }).catch(() => null);
  if (!response) throw new Error('No passkey was chosen.');
  const answer = await fetch('/api/auth/passkey/verify-authentication', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response }),
  }).catch(() => null);
  if (answer?.ok) return;
  if (answer?.status === 403) throw new Error('This account is disabled. Ask whoever runs this server.');
  throw new Error('This passkey is not known here. Sign in another way, and add it to your account then.');
}
