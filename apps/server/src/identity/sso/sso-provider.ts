import { z } from 'zod';

/** The company's own sign-in, as the settings name it. */
export interface SsoSettings {
  /** Without a slash at its end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As it is called on the button. */
  readonly name: string;
  /** E-mail domains of which anybody may join as a member; otherwise only who has an account or an invitation. */
  readonly domains: readonly string[];
}

/** What the identity library calls it; part of the address that is registered with the provider. */
export const ssoProviderId = 'sso';

const timeoutMs = 5000;

export function discoveryUrl({ issuer }: SsoSettings): string {
  return `${issuer}/.well-known/openid-configuration`;
}

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});

/**
 * Asks the provider for its description, so that a wrong setting is told at the start and one that does not answer holds up nothing:
 * the identity library would wait for it with every request. Rejects with an error that says what is wrong.
 */
export async function checkSsoProvider(settings: SsoSettings): Promise<void> {
  const answer = await fetch(discoveryUrl(settings), { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`${discoveryUrl(settings)} answered ${answer.status}.`);
  const { issuer } = discoverySchema.parse(await answer.json());
  if (issuer.replace(/\/$/, '') !== settings.issuer) {
    throw new Error(`The provider calls itself ${issuer}; set VITRINE_OIDC_ISSUER to that.`);
  }
}
