import { BlobGoneError, type BlobReader, type BlobWriter } from '@vitrine/core';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { newBlob } from './new-blob.ts';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createBlobRepository({
  db,
  tables: { blobs },
  dialect,
}: RepositoryContext): BlobReader & BlobWriter {
  const bySha256 = once(() =>
    db
      .select({
        sha256: blobs.sha256,
        size: blobs.size,
        store: blobs.store,
        deletingAt: blobs.deletingAt,
        damage: blobs.damage,
      })
      .from(blobs)
      .where(eq(blobs.sha256, sql.placeholder('sha256')))
      .prepare(),
  );

  return {
    async find(sha256) {
      const [row] = await bySha256().execute({ sha256 });
      if (!row) return null;
      const { deletingAt, ...blob } = row;
      return { ...blob, deleting: deletingAt !== null };
    },

    lock: (sha256) => dialect.lockRow(db, { table: sql`${blobs}`, where: sql`${blobs.sha256} = ${sha256}` }),

    async ensure({ sha256, size, store, known, at }) {
      // Bytes that come back while the collector has them on its list are taken off it, in this very transaction.
      const [there] = await db
        .update(blobs)
        .set({ unreferencedAt: null })
        .where(and(eq(blobs.sha256, sha256), isNull(blobs.deletingAt)))
        .returning({ sha256: blobs.sha256 });
      if (there) return;
      if (known) throw new BlobGoneError();
      const [added] = await db
        .insert(blobs)
        .values({ sha256, size, store, ...newBlob, createdAt: at })
        .onConflictDoUpdate({
          target: blobs.sha256,
          set: { unreferencedAt: null },
          setWhere: isNull(blobs.deletingAt),
        })
        .returning({ sha256: blobs.sha256 });
      if (!added) throw new BlobGoneError();
    },
  };
}
