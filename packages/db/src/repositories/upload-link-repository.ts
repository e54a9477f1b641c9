import type { UploadLinkReader, UploadLinkRecord, UploadLinkWriter } from '@vitrine/core';
import type { UploadLinkId } from '@vitrine/schema';
import { and, count, desc, eq, inArray, isNull, type SQL, sql, sum } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** Links with which guests send files. */
export function createUploadLinkRepository({
  db,
  tables,
  dialect,
}: RepositoryContext): UploadLinkReader & UploadLinkWriter {
  const { uploadLinks, guestFiles, users } = tables;

  async function usesOf(ids: readonly UploadLinkId[]) {
    const rows =
      ids.length === 0
        ? []
        : await db
            .select({
              linkId: guestFiles.linkId,
              files: count(),
              // Both databases answer sums of large numbers in types of their own.
              bytes: sum(guestFiles.size),
              waiting: count(sql`case when ${guestFiles.state} = 'waiting' then 1 end`),
            })
            .from(guestFiles)
            .where(inArray(guestFiles.linkId, [...ids]))
            .groupBy(guestFiles.linkId);
    return new Map(rows.map(({ linkId, ...use }) => [linkId, use]));
  }

  async function selected(condition: SQL | undefined): Promise<UploadLinkRecord[]> {
    const rows = await db
      .select({
        id: uploadLinks.id,
        clientId: uploadLinks.clientId,
        campaignId: uploadLinks.campaignId,
        createdBy: { id: users.id, name: users.name, email: users.email },
        name: uploadLinks.name,
        message: uploadLinks.message,
        passwordHash: uploadLinks.passwordHash,
        maxBytes: uploadLinks.maxBytes,
        maxFiles: uploadLinks.maxFiles,
        expiresAt: uploadLinks.expiresAt,
        revokedAt: uploadLinks.revokedAt,
        createdAt: uploadLinks.createdAt,
      })
      .from(uploadLinks)
      .innerJoin(users, eq(users.id, uploadLinks.userId))
      .where(condition)
      .orderBy(desc(uploadLinks.createdAt), desc(uploadLinks.id));
    const uses = await usesOf(rows.map(({ id }) => id));
    return rows.map((row) => {
      const use = uses.get(row.id);
      return {
        ...row,
        usedBytes: Number(use?.bytes ?? 0),
        usedFiles: use?.files ?? 0,
        waitingFiles: use?.waiting ?? 0,
      };
    });
  }

  return {
    async find(id) {
      const [link] = await selected(eq(uploadLinks.id, id));
      return link ?? null;
    },

    async findByToken(tokenHash) {
      const [link] = await selected(eq(uploadLinks.tokenHash, tokenHash));
      return link ?? null;
    },

    list: (campaignId) => selected(eq(uploadLinks.campaignId, campaignId)),

    lock: (id) => dialect.lockRow(db, { table: sql`${uploadLinks}`, where: sql`${uploadLinks.id} = ${id}` }),

    async insert({ at, ...link }) {
      await db.insert(uploadLinks).values({ ...link, revokedAt: null, createdAt: at });
    },

    async update(id, { name, message, passwordHash, maxBytes, maxFiles, expiresAt }) {
      const settings = { name, message, passwordHash, maxBytes, maxFiles, expiresAt };
      await db.update(uploadLinks).set(settings).where(eq(uploadLinks.id, id));
    },

    async revoke(id, at) {
      const rows = await db
        .update(uploadLinks)
        .set({ revokedAt: at })
        .where(and(eq(uploadLinks.id, id), isNull(uploadLinks.revokedAt)))
        .returning({ id: uploadLinks.id });
      return rows.length === 1;
    },

    async forget(campaignId) {
      const links = db
        .select({ id: uploadLinks.id })
        .from(uploadLinks)
        .where(eq(uploadLinks.campaignId, campaignId));
      await db.delete(guestFiles).where(inArray(guestFiles.linkId, links));
      await db.delete(uploadLinks).where(eq(uploadLinks.campaignId, campaignId));
    },
  };
}
