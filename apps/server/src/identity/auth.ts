import { apiKey } from '@better-auth/api-key';
import { type Logger, permissionsOf, type SignInGuard } from '@vitrine/core';
import { keyScopes, userRoles } from '@vitrine/schema';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { v7 } from 'uuid';
import { addressHeader } from './address-header.ts';
import { cookiePrefix } from './session-cookie.ts';
import { throttleHooks } from './throttle-hooks.ts';

export interface AuthSettings {
  readonly publicUrl: string;
  readonly secret: string;
  readonly database: NonNullable<BetterAuthOptions['database']>;
  readonly logger: Logger;
  readonly guard: SignInGuard;
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
];
const sessionSeconds = 30 * 24 * 3600;

function optionsFor({ publicUrl, secret, database, logger, guard }: AuthSettings) {
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
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength: 256 },
    user: {
      // Only the command line gives roles: `input: false` keeps a request from choosing its own.
      additionalFields: {
        role: { type: [...userRoles], required: true, input: false, defaultValue: 'member' },
      },
    },
    // A fixed life, after which one signs in again: renewing it would need an answer that carries a cookie, which bytes and API lack.
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      // Counted by our own throttle, in the database.
      customRules: { '/sign-in/email': false, '/change-password': false },
    },
    disabledPaths: [...passedBy],
    hooks: throttleHooks(guard),
    advanced: {
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
