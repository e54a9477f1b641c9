import type { Clock, Database } from '@vitrine/core';
import type { UserRole } from '@vitrine/schema';
import type { BetterAuthOptions } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { discoveryUrl, type SsoSettings, ssoProviderId } from './sso-provider.ts';

export interface SsoDependencies {
  readonly sso: SsoSettings;
  readonly database: Pick<Database, 'read'>;
  readonly clock: Clock;
}

type UserOptions = NonNullable<BetterAuthOptions['user']>;
type Validate = NonNullable<UserOptions['validateUserInfo']>;

/** The provider, as a plugin of the identity library. What it says of somebody counts only with a signed ID token. */
export function ssoPlugin(sso: SsoSettings) {
  return genericOAuth({
    config: [
      {
        providerId: ssoProviderId,
        name: sso.name,
        discoveryUrl: discoveryUrl(sso),
        requireIdTokenVerification: true,
        clientId: sso.clientId,
        clientSecret: sso.clientSecret,
        scopes: ['openid', 'email', 'profile'],
      },
    ],
  });
}

/** What somebody becomes who signs in for the first time; null: they may not. */
export async function roleOfNewcomer(
  { sso, database, clock }: SsoDependencies,
  email: string,
): Promise<UserRole | null> {
  const now = clock.now();
  const invitations = await database.read((readers) => readers.people.invitations({ now }));
  const invited = invitations.find((one) => one.email === email);
  if (invited) return invited.role;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return sso.domains.includes(domain) ? 'member' : null;
}

/**
 * Whom the provider vouches for: somebody whose e-mail address it has verified (else anybody could claim an owner's), and who is known,
 * invited or of a domain that was named.
 */
export function validateSsoUser(dependencies: SsoDependencies): Validate {
  return async ({ user, source }) => {
    if (source.oauth?.providerId !== ssoProviderId) return;
    if (source.oauth.profile?.['email_verified'] !== true) return { error: 'email_not_verified' };
    if (source.action !== 'create-user') return;
    const role = user.email ? await roleOfNewcomer(dependencies, user.email.toLowerCase()) : null;
    return role === null ? { error: 'not_invited' } : undefined;
  };
}
