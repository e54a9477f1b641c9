import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';

/**
 * Passkeys, bound to the host of the public address. A key stands for both password and second factor, so the device has to ask for a
 * finger, a face or a PIN each time.
 */
export function passkeys(publicUrl: string) {
  const { hostname, origin } = new URL(publicUrl);
  return passkey({
    rpID: hostname,
    rpName: 'Vitrine',
    origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
    authentication: {
      afterVerification({ verification }) {
        if (verification.authenticationInfo.userVerified) return;
        throw new APIError('UNAUTHORIZED', { message: 'The device did not ask who it was.' });
      },
    },
  });
}
