import { AppError, invalidField, type User } from '@vitrine/core';
import { type KeyScope, keyScopes, type UserRole, userIdSchema, userRoleSchema } from '@vitrine/schema';
import { z } from 'zod';
import { type Auth, minPasswordLength } from './auth.ts';
import { permissionsOf } from './key-permissions.ts';

interface NewUser {
  readonly email: string;
  readonly name?: string;
  readonly role: UserRole;
  readonly password: string;
}

interface IssuedKey {
  readonly id: string;
  /** The key itself: this is the only time it is known. */
  readonly key: string;
  readonly scopes: readonly KeyScope[];
}

/** What the command line does with users and keys. */
export interface Accounts {
  /** Fails with `invalid_input` for a bad or taken e-mail address or a short password. */
  createUser(user: NewUser): Promise<User>;
  createKey(options: { userId: string; name?: string; scopes?: readonly KeyScope[] }): Promise<IssuedKey>;
}

const emailSchema = z.email();

export function createAccounts(auth: Auth): Accounts {
  return {
    async createUser({ email, name, role, password }) {
      const address = emailSchema.safeParse(email.trim().toLowerCase());
      if (!address.success) throw invalidField(['email'], 'must be an e-mail address');
      if (password.length < minPasswordLength) {
        throw invalidField(['password'], `must have at least ${minPasswordLength} characters`);
      }
      const { internalAdapter, password: passwords } = await auth.$context;
      if (await internalAdapter.findUserByEmail(address.data)) {
        throw invalidField(['email'], `there is a user ${address.data} already`);
      }
      const user = await internalAdapter.createUser(
        {
          email: address.data,
          name: name ?? address.data.split('@')[0] ?? address.data,
          emailVerified: true,
          role,
        },
        { method: 'admin' },
      );
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: await passwords.hash(password),
      });
      return {
        id: userIdSchema.parse(user.id),
        email: user.email,
        name: user.name,
        role: userRoleSchema.parse(role),
      };
    },

    async createKey({ userId, name, scopes = keyScopes }) {
      if (scopes.length === 0) throw new AppError('invalid_input', 'A key needs at least one scope.');
      const issued = await auth.api.createApiKey({
        body: { userId, name: name ?? 'key', permissions: permissionsOf(scopes) },
      });
      return { id: issued.id, key: issued.key, scopes };
    },
  };
}
