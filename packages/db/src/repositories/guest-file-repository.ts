import type { GuestFileReader, GuestFileRecord, GuestFileWriter } from '@vitrine/core';
import type { GuestFilePosition } from '@vitrine/schema';
import { and, asc, desc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** What came through upload links. */
export function createGuestFileRepository({
  db,
  tables,
}: RepositoryContext): GuestFileReader & GuestFileWriter {
  const { guestFiles, uploadLinks, blobs } = tables;

  const rank = sql`case when ${guestFiles.state} = 'waiting' then 0 else 1 end`;

  /** What a list has behind a file. */
  function behind({ waits, at, id }: GuestFilePosition): SQL | undefined {
    const own = waits ? 0 : 1;
    const older = sql`(${guestFiles.createdAt}, ${guestFiles.id}) < (${at}, ${id})`;
    return or(gt(rank, own), and(eq(rank, own), older));
  }

  async function selected(condition: SQL | undefined, limit: number): Promise<GuestFileRecord[]> {
    const rows = await db
      .select({
        id: guestFiles.id,
        linkId: guestFiles.linkId,
        linkName: uploadLinks.name,
        clientId: uploadLinks.clientId,
        campaignId: uploadLinks.campaignId,
        sender: guestFiles.sender,
        fileName: guestFiles.fileName,
        size: guestFiles.size,
        state: guestFiles.state,
        sha256: guestFiles.sha256,
        store: blobs.store,
        damage: blobs.damage,
        assetId: guestFiles.assetId,
        createdAt: guestFiles.createdAt,
        decidedAt: guestFiles.decidedAt,
      })
      .from(guestFiles)
      .innerJoin(uploadLinks, eq(uploadLinks.id, guestFiles.linkId))
      .leftJoin(blobs, eq(blobs.sha256, guestFiles.sha256))
      .where(condition)
      .orderBy(asc(rank), desc(guestFiles.createdAt), desc(guestFiles.id))
      .limit(limit);
    return rows.map(({ sha256, store, damage, ...row }) => ({
      ...row,
      blob: sha256 === null || store === null ? null : { sha256, store, damage },
    }));
  }

  return {
    async find(id) {
      const [file] = await selected(eq(guestFiles.id, id), 1);
      return file ?? null;
    },

    list: ({ clientId, campaignId, after, limit }) =>
      selected(
        and(
          eq(uploadLinks.clientId, clientId),
          campaignId && eq(uploadLinks.campaignId, campaignId),
          after && behind(after),
        ),
        limit,
      ),

    async insert({ at, ...file }) {
      const undecided = { state: 'waiting', assetId: null, decidedAt: null, decidedBy: null } as const;
      await db.insert(guestFiles).values({ ...file, ...undecided, createdAt: at });
    },

    async decide({ id, assetId, by, at }) {
      const decision =
        assetId === null
          ? ({ state: 'refused', sha256: null } as const)
          : ({ state: 'accepted', assetId } as const);
      const rows = await db
        .update(guestFiles)
        .set({ ...decision, decidedAt: at, decidedBy: by })
        .where(and(eq(guestFiles.id, id), eq(guestFiles.state, 'waiting')))
        .returning({ id: guestFiles.id });
      return rows.length === 1;
    },

    async forgetAsset(id) {
      await db.delete(guestFiles).where(eq(guestFiles.assetId, id));
    },
  };
}
