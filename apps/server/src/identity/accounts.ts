import { AppError, invalidField, permissionsOf, type User } from '@vitrine/core';
import {
  type KeyScope,
  keyScopes,
  type UserId,
  type UserRole,
  userIdSchema,
  userRoleSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { type Auth, minPasswordLength } from './auth.ts';

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
  /** Ends the user's sessions. Fails with `invalid_input` for a short password. */
  setPassword(options: { userId: UserId; password: string }): Promise<void>;
  createKey(options: { userId: string; name?: string; scopes?: readonly KeyScope[] }): Promise<IssuedKey>;
}

const emailSchema = z.email();

type Adapter = Awaited<Auth['$context']>['adapter'];
type Together = Parameters<Parameters<Adapter['transaction']>[0]>[0];
type NewRow = Record<string, unknown>;

interface MadeUser extends NewRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

function assertLongEnough(password: string): void {
  if (password.length >= minPasswordLength) return;
  throw invalidField(['password'], `must have at least ${minPasswordLength} characters`);
}

function now() {
  const at = new Date();
  return { createdAt: at, updatedAt: at };
}

/** Lets a user sign in with a password. */
async function linkPassword(adapter: Together, userId: string, hash: string): Promise<void> {
  await adapter.create<NewRow>({
    model: 'account',
    data: { userId, providerId: 'credential', accountId: userId, password: hash, ...now() },
  });
}

export function createAccounts(auth: Auth): Accounts {
  /** All or nothing: an address whose password is missing could never sign in, nor be used again. */
  const together = async <T>(work: (adapter: Together) => Promise<T>): Promise<T> =>
    (await auth.$context).adapter.transaction(work);

  return {
    async createUser({ email, name, role, password }) {
      const address = emailSchema.safeParse(email.trim().toLowerCase());
      if (!address.success) throw invalidField(['email'], 'must be an e-mail address');
      assertLongEnough(password);
      const hash = await (await auth.$context).password.hash(password);
      const user = await together(async (adapter) => {
        const taken = await adapter.findOne({
          model: 'user',
          where: [{ field: 'email', value: address.data }],
        });
        if (taken) throw invalidField(['email'], `there is a user ${address.data} already`);
        const made = await adapter.create<NewRow, MadeUser>({
          model: 'user',
          data: {
            email: address.data,
            name: name ?? address.data.split('@')[0] ?? address.data,
            emailVerified: true,
            role,
            ...now(),
          },
        });
        await linkPassword(adapter, made.id, hash);
        return made;
      });
      return {
        id: userIdSchema.parse(user.id),
        email: user.email,
        name: user.name,
        role: userRoleSchema.parse(role),
      };
    },

    async setPassword({ userId, password }) {
      assertLongEnough(password);
      const hash = await (await auth.$context).password.hash(password);
      await together(async (adapter) => {
        const where = [
          { field: 'userId', value: userId },
          { field: 'providerId', value: 'credential' },
        ];
        const known = await adapter.updateMany({
          model: 'account',
          where,
          update: { password: hash, updatedAt: new Date() },
        });
        if (known === 0) await linkPassword(adapter, userId, hash);
        await adapter.deleteMany({ model: 'session', where: [{ field: 'userId', value: userId }] });
      });
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
