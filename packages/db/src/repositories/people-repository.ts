import {
  type PeopleReader,
  type PeopleWriter,
  type Purpose,
  purposeSchema,
  toTimestamp,
} from '@vitrine/core';
import type { Account, Invitation } from '@vitrine/schema';
import { and, asc, count, desc, eq, gt, isNull, like, type SQL, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Kept in the identity library's own table, under names that it does not use. */
const credentialId = (id: Account['id']) => `credential:${id}`;
const identifierOf = (tokenHash: string) => `vitrine:once:${tokenHash}`;

export function createPeopleRepository({
  db,
  tables,
  dialect,
}: RepositoryContext): PeopleReader & PeopleWriter {
  const { accounts, sessions, users, verifications } = tables;

  async function listed(condition?: SQL): Promise<Account[]> {
    const rows = await db
      .select({
        id: users.id,
        name: users.name,
        email: users.email,
        role: users.role,
        createdAt: users.createdAt,
        disabledAt: users.disabledAt,
      })
      .from(users)
      .where(condition)
      .orderBy(asc(users.email));
    return rows.map(({ createdAt, disabledAt, ...row }) => ({
      ...row,
      createdAt: toTimestamp(createdAt.getTime()),
      disabledAt: disabledAt && toTimestamp(disabledAt.getTime()),
    }));
  }

  const isToken = (tokenHash: string, now: number) =>
    and(eq(verifications.identifier, identifierOf(tokenHash)), gt(verifications.expiresAt, new Date(now)));
  const purposeOf = (row: { readonly value: string } | undefined): Purpose | null =>
    row ? purposeSchema.parse(JSON.parse(row.value)) : null;
  const credential = (id: Account['id']) =>
    and(eq(accounts.userId, id), eq(accounts.providerId, 'credential'));

  return {
    list: () => listed(),

    async find(id) {
      const [account] = await listed(eq(users.id, id));
      return account ?? null;
    },

    async findByEmail(email) {
      const [account] = await listed(eq(users.email, email));
      return account ?? null;
    },

    async countOwners() {
      const [row] = await db
        .select({ total: count() })
        .from(users)
        .where(and(eq(users.role, 'owner'), isNull(users.disabledAt)));
      return row?.total ?? 0;
    },

    async isEmpty() {
      const [row] = await db.select({ id: users.id }).from(users).limit(1);
      return !row;
    },

    async invitations({ now }) {
      const rows = await db
        .select({
          value: verifications.value,
          expiresAt: verifications.expiresAt,
          createdAt: verifications.createdAt,
        })
        .from(verifications)
        .where(
          and(like(verifications.identifier, identifierOf('%')), gt(verifications.expiresAt, new Date(now))),
        )
        .orderBy(desc(verifications.createdAt));
      const invitations = new Map<string, Invitation>();
      for (const row of rows) {
        const purpose = purposeOf(row);
        // The first owner's is addressed to nobody.
        if (purpose?.purpose !== 'join' || purpose.email === null || invitations.has(purpose.email)) continue;
        invitations.set(purpose.email, {
          email: purpose.email,
          role: purpose.role,
          invitedAt: toTimestamp(row.createdAt.getTime()),
          expiresAt: toTimestamp(row.expiresAt.getTime()),
        });
      }
      return [...invitations.values()].sort((a, b) => (a.email < b.email ? -1 : 1));
    },

    async purpose({ tokenHash, now }) {
      const [row] = await db
        .select({ value: verifications.value })
        .from(verifications)
        .where(isToken(tokenHash, now));
      return purposeOf(row);
    },

    lockOwners: () =>
      dialect.lockRow(db, { table: sql`${users}`, where: sql`${users.role} = 'owner' order by ${users.id}` }),

    async insert({ passwordHash, at, ...user }) {
      const moments = { createdAt: new Date(at), updatedAt: new Date(at) };
      await db
        .insert(users)
        .values({ ...user, emailVerified: true, image: null, disabledAt: null, ...moments });
      if (passwordHash === null) return;
      await db.insert(accounts).values({
        id: credentialId(user.id),
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: passwordHash,
        ...moments,
      });
    },

    async setRole(id, role, at) {
      await db
        .update(users)
        .set({ role, updatedAt: new Date(at) })
        .where(eq(users.id, id));
    },

    async setDisabled(id, disabled, at) {
      const now = new Date(at);
      await db
        .update(users)
        .set({ disabledAt: disabled ? now : null, updatedAt: now })
        .where(eq(users.id, id));
    },

    async setPassword(id, password, at) {
      const now = new Date(at);
      const [known] = await db
        .update(accounts)
        .set({ password, updatedAt: now })
        .where(credential(id))
        .returning({ id: accounts.id });
      if (known) return;
      await db.insert(accounts).values({
        id: credentialId(id),
        userId: id,
        providerId: 'credential',
        accountId: id,
        password,
        createdAt: now,
        updatedAt: now,
      });
    },

    async replaceHash({ from, to, at }) {
      await db
        .update(accounts)
        .set({ password: to, updatedAt: new Date(at) })
        .where(eq(accounts.password, from));
    },

    async endSessions(id) {
      await db.delete(sessions).where(eq(sessions.userId, id));
    },

    async putToken({ tokenHash, purpose, expiresAt, at }) {
      const now = new Date(at);
      await db.insert(verifications).values({
        id: tokenHash,
        identifier: identifierOf(tokenHash),
        value: JSON.stringify(purpose),
        expiresAt: new Date(expiresAt),
        createdAt: now,
        updatedAt: now,
      });
    },

    async dropTokens(of) {
      const rows = await db
        .select({ id: verifications.id, value: verifications.value })
        .from(verifications)
        .where(like(verifications.identifier, identifierOf('%')));
      const theirs = rows.filter((row) => {
        const purpose = purposeOf(row);
        if (purpose?.purpose === 'reset') return 'userId' in of && purpose.userId === of.userId;
        return purpose?.purpose === 'join' && 'email' in of && purpose.email === of.email;
      });
      let dropped = 0;
      for (const { id } of theirs) {
        const gone = await db
          .delete(verifications)
          .where(eq(verifications.id, id))
          .returning({ id: verifications.id });
        dropped += gone.length;
      }
      return dropped;
    },

    async takeToken({ tokenHash, now }) {
      const [row] = await db
        .delete(verifications)
        .where(isToken(tokenHash, now))
        .returning({ value: verifications.value });
      return purposeOf(row);
    },
  };
}
