import type { Database } from '@vitrine/core';
import { userIdSchema } from '@vitrine/schema';
import type { BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { roleOfNewcomer, type SsoDependencies } from './sso/sso-options.ts';

interface HookDependencies {
  readonly library: Pick<Database, 'read'>;
  /** Null: nobody joins but at an address that they were given. */
  readonly joining: SsoDependencies | null;
}

/** What the identity library asks before it writes, whichever way somebody signs in. */
export function identityHooks({
  library,
  joining,
}: HookDependencies): NonNullable<BetterAuthOptions['databaseHooks']> {
  return {
    session: {
      create: {
        // Who is disabled gets no session, and is told so: they have shown who they are.
        async before({ userId }) {
          const id = userIdSchema.parse(userId);
          if (await library.read((readers) => readers.users.find(id))) return;
          throw new APIError('FORBIDDEN', { code: 'account_disabled', message: 'This account is disabled.' });
        },
      },
    },
    user: {
      create: {
        async before(user) {
          const role = joining && (await roleOfNewcomer(joining, user.email.toLowerCase()));
          return role ? { data: { ...user, role } } : false;
        },
      },
    },
    account: {
      create: {
        // Nobody acts at the provider in their name, so what would let us is not kept.
        before: async (account) => ({
          data: {
            ...account,
            accessToken: null,
            refreshToken: null,
            idToken: null,
            accessTokenExpiresAt: null,
            refreshTokenExpiresAt: null,
          },
        }),
      },
    },
  };
}
