import { apiKey } from '@better-auth/api-key';
import { type Clock, type Database, type Logger, permissionsOf, type SignInGuard } from '@vitrine/core';
import { keyScopes, userRoles } from '@vitrine/schema';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { v7 } from 'uuid';
import { addressHeader } from './address-header.ts';
import { identityHooks } from './identity-hooks.ts';
import { passkeys } from './passkeys.ts';
import type { Passwords } from './passwords.ts';
import { cookiePrefix } from './session-cookie.ts';
import { ssoPlugin, validateSsoUser } from './sso/sso-options.ts';
import type { SsoSettings } from './sso/sso-provider.ts';
import { throttleHooks } from './throttle-hooks.ts';

export interface AuthSettings {
  readonly publicUrl: string;
  readonly secret: string;
  readonly database: NonNullable<BetterAuthOptions['database']>;
  readonly logger: Logger;
  readonly guard: SignInGuard;
  readonly passwords: Passwords;
  /** The library's database, for what people are by now. */
  readonly library: Pick<Database, 'read'>;
  readonly clock: Clock;
  /** Null: there is no single sign-on. */
  readonly sso: SsoSettings | null;
}

/** What every key begins with, so that a leaked one is recognised. */
const keyPrefix = 'vtr_';
export const minPasswordLength = 10;
/**
 * Doors of the identity library that stay shut. Keys and sessions are managed by procedures, which know of clients, limits and
 * whoever asks; and the library's own list of sessions shows their tokens.
 */
const passedBy = [
  ...['create', 'get', 'list', 'update', 'delete'].map((verb) => `/api-key/${verb}`),
  '/verify-password',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  // Other providers' accounts belong to people by their e-mail address alone, and their tokens are not kept.
  '/link-social',
  '/unlink-account',
  '/list-accounts',
  '/account-info',
  '/get-access-token',
  '/refresh-token',
  // Accounts are made, named and ended by our own procedures.
  '/sign-up/email',
  '/update-user',
  '/change-email',
  '/delete-user',
  '/delete-user/callback',
  '/request-password-reset',
  '/reset-password',
  '/send-verification-email',
  '/verify-email',
  '/update-session',
  '/passkey/update-passkey',
  // It shows the session's token to scripts.
  '/get-session',
];
const sessionSeconds = 30 * 24 * 3600;

function optionsFor(settings: AuthSettings) {
  const { publicUrl, secret, database, logger, guard, passwords, library, clock, sso } = settings;
  const joining = sso && { sso, database: library, clock };
  return {
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database,
    telemetry: { enabled: false },
    // A wrong key or password is the sender's affair: the library calls it an error, the log does not.
    logger: { level: 'debug', log: (_level, message) => logger.debug({ source: 'identity' }, message) },
    onAPIError: {
      onError(error) {
        if (error instanceof APIError && error.status !== 'INTERNAL_SERVER_ERROR') {
          logger.debug({ source: 'identity', status: error.status }, error.message);
        } else logger.error({ source: 'identity', err: error }, 'the identity library failed');
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength: 256,
      password: {
        hash: passwords.hash,
        verify: ({ password, hash }) => passwords.verify(password, hash),
      },
    },
    user: {
      ...(joining && { validateUserInfo: validateSsoUser(joining) }),
      // Only the command line gives roles: `input: false` keeps a request from choosing its own.
      additionalFields: {
        role: { type: [...userRoles], required: true, input: false, defaultValue: 'member' },
      },
    },
    // A fixed life, after which one signs in again: renewing it would need an answer that carries a cookie, which bytes and API lack.
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      // Passwords are counted by our own throttle, in the database; and a whole office signs in at nine.
      customRules: {
        '/sign-in/email': false,
        '/change-password': false,
        '/sign-in/social': { window: 60, max: 100 },
      },
    },
    disabledPaths: [...passedBy],
    databaseHooks: identityHooks({ library, joining }),
    account: { updateAccountOnSignIn: false },
    hooks: throttleHooks(guard),
    advanced: {
      // Said aloud: unsaid, the library leaves it out wherever NODE_ENV is `test`.
      disableOriginCheck: false,
      cookiePrefix: cookiePrefix(publicUrl),
      // It would put `__Secure-` before our own prefix; the attribute is set below.
      useSecureCookies: false,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        secure: publicUrl.startsWith('https:'),
      },
      database: { generateId: () => v7() },
      // The library reads addresses from headers alone; ours is set by the server and cannot be sent from outside.
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [
      passkeys(publicUrl),
      ...(sso ? [ssoPlugin(sso)] : []),
      apiKey({
        defaultPrefix: keyPrefix,
        startingCharactersConfig: { charactersLength: keyPrefix.length + 6 },
        maximumNameLength: 100,
        rateLimit: { enabled: false },
        permissions: { defaultPermissions: permissionsOf(keyScopes) },
      }),
    ],
  } satisfies BetterAuthOptions;
}

/** Sign-in, sessions and API keys. */
export function createAuth(settings: AuthSettings) {
  return betterAuth(optionsFor(settings));
}
export type Auth = ReturnType<typeof createAuth>;
