import { boundTo, type KeyReader, type KeyWriter, permissionsOf, scopesOf, toTimestamp } from '@vitrine/core';
import type { ApiKey, ClientId } from '@vitrine/schema';
import { desc, eq, type SQL } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

const moment = (at: Date | null) => at && toTimestamp(at.getTime());
const parsed = (json: string | null): unknown => JSON.parse(json ?? 'null');
const metadataOf = (clientIds: readonly ClientId[] | null) => clientIds && JSON.stringify({ clientIds });

/** Keys, in the identity library's own table and form: it checks them at each use. */
export function createKeyRepository({ db, tables }: RepositoryContext): KeyReader & KeyWriter {
  const { apiKeys, users } = tables;

  async function listed(condition: SQL | undefined): Promise<ApiKey[]> {
    const rows = await db
      .select({
        id: apiKeys.id,
        name: apiKeys.name,
        start: apiKeys.start,
        permissions: apiKeys.permissions,
        metadata: apiKeys.metadata,
        createdAt: apiKeys.createdAt,
        expiresAt: apiKeys.expiresAt,
        lastRequest: apiKeys.lastRequest,
        person: { id: users.id, name: users.name, email: users.email },
      })
      .from(apiKeys)
      .innerJoin(users, eq(users.id, apiKeys.referenceId))
      .where(condition)
      .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
    return rows.map(({ permissions, metadata, lastRequest, ...row }) => {
      const clientIds = boundTo(parsed(metadata));
      return {
        ...row,
        name: row.name ?? '',
        start: row.start ?? '',
        scopes: scopesOf(parsed(permissions)),
        clientIds: clientIds && [...clientIds],
        createdAt: toTimestamp(row.createdAt.getTime()),
        expiresAt: moment(row.expiresAt),
        lastUsedAt: moment(lastRequest),
      };
    });
  }

  return {
    list: ({ userId }) => listed(userId && eq(apiKeys.referenceId, userId)),

    async find(id) {
      const [key] = await listed(eq(apiKeys.id, id));
      return key ?? null;
    },

    async insert({ id, userId, name, hash, start, scopes, clientIds, expiresAt, at }) {
      await db.insert(apiKeys).values({
        id,
        configId: 'default',
        name,
        start,
        referenceId: userId,
        prefix: null,
        key: hash,
        enabled: true,
        rateLimitEnabled: false,
        requestCount: 0,
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
        createdAt: new Date(at),
        updatedAt: new Date(at),
        permissions: JSON.stringify(permissionsOf(scopes)),
        metadata: metadataOf(clientIds),
      });
    },

    async update(id, { name, scopes, clientIds, expiresAt, at }) {
      await db
        .update(apiKeys)
        .set({
          name,
          permissions: JSON.stringify(permissionsOf(scopes)),
          metadata: metadataOf(clientIds),
          expiresAt: expiresAt === null ? null : new Date(expiresAt),
          updatedAt: new Date(at),
        })
        .where(eq(apiKeys.id, id));
    },

    async remove(id) {
      await db.delete(apiKeys).where(eq(apiKeys.id, id));
    },
  };
}
