import type { UserReader } from '@vitrine/core';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createUserRepository({ db, tables: { apiKeys, users } }: RepositoryContext): UserReader {
  const columns = { id: users.id, email: users.email, name: users.name, role: users.role };
  const byId = once(() =>
    db
      .select(columns)
      .from(users)
      .where(and(eq(users.id, sql.placeholder('id')), isNull(users.disabledAt)))
      .prepare(),
  );

  const keyById = once(() =>
    db
      .select({
        id: apiKeys.id,
        userId: users.id,
        role: users.role,
        permissions: apiKeys.permissions,
        metadata: apiKeys.metadata,
        enabled: apiKeys.enabled,
        expiresAt: apiKeys.expiresAt,
      })
      .from(apiKeys)
      .innerJoin(users, and(eq(users.id, apiKeys.referenceId), isNull(users.disabledAt)))
      .where(eq(apiKeys.id, sql.placeholder('id')))
      .prepare(),
  );

  return {
    async find(id) {
      const [row] = await byId().execute({ id });
      return row ?? null;
    },

    async findByEmail(email) {
      const [row] = await db.select(columns).from(users).where(eq(users.email, email.trim().toLowerCase()));
      return row ?? null;
    },

    async findKey(id) {
      const [row] = await keyById().execute({ id });
      if (!row) return null;
      // The identity library's default, where a column was left empty.
      return { ...row, enabled: row.enabled ?? true, expiresAt: row.expiresAt?.getTime() ?? null };
    },

    async findOwner() {
      const [row] = await db
        .select(columns)
        .from(users)
        .where(and(eq(users.role, 'owner'), isNull(users.disabledAt)))
        .orderBy(asc(users.createdAt), asc(users.id))
        .limit(1);
      return row ?? null;
    },
  };
}
