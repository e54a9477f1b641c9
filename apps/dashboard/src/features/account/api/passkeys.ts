import {
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { z } from 'zod';

/** Why something with passkeys did not work, as a sentence. */
class PasskeyRefused extends Error {}

const passkeySchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  backedUp: z.boolean(),
  createdAt: z.string().nullish(),
});
/** The browser itself looks at the rest. */
const optionsSchema = z.custom<PublicKeyCredentialCreationOptionsJSON>(
  (value) => typeof value === 'object' && value !== null && 'challenge' in value,
);
export type Passkey = z.output<typeof passkeySchema>;

async function ask(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`/api/auth/passkey/${path}`, {
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => null);
  if (!response) throw new PasskeyRefused('The server did not answer. Check the connection and try again.');
  if (response.status === 403) {
    throw new PasskeyRefused('You signed in a while ago. Sign out and in again, then add the passkey.');
  }
  if (!response.ok) throw new PasskeyRefused('This did not work. Try again in a moment.');
  return response.json();
}

/** One's own passkeys. */
export async function listPasskeys(): Promise<Passkey[]> {
  return z.array(passkeySchema).parse(await ask('list-user-passkeys'));
}

/** Has the device make a passkey, which it asks for a finger, a face or a PIN. Throws an error with the sentence to show. */
export async function addPasskey(name: string): Promise<void> {
  const options = await ask('generate-register-options');
  try {
    const response = await startRegistration({ optionsJSON: optionsSchema.parse(options) });
    await ask('verify-registration', { response, name });
  } catch (error) {
    if (!(error instanceof WebAuthnError || error instanceof DOMException)) throw error;
    if (error.name === 'InvalidStateError') {
      throw new PasskeyRefused('This device has a passkey for you already.');
    }
    throw new PasskeyRefused('The device made no passkey.');
  }
}

export async function removePasskey(id: string): Promise<void> {
  await ask('delete-passkey', { id });
}
