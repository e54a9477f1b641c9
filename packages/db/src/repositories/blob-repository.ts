import type { BlobReader, BlobWriter } from '@vitrine/core';
import { eq, sql } from 'drizzle-orm';
import { once } from './once.ts';
import type { RepositoryContext } from './repository-context.ts';

export function createBlobRepository({ db, tables: { blobs } }: RepositoryContext): BlobReader & BlobWriter {
  const bySha256 = once(() =>
    db
      .select({ sha256: blobs.sha256, size: blobs.size, store: blobs.store })
      .from(blobs)
      .where(eq(blobs.sha256, sql.placeholder('sha256')))
      .prepare(),
  );

  return {
    async find(sha256) {
      const [row] = await bySha256().execute({ sha256 });
      return row ?? null;
    },

    async ensure({ sha256, size, store, at }) {
      await db
        .insert(blobs)
        .values({ sha256, size, store, createdAt: at, unreferencedAt: null })
        // Bytes that come back while the collector has them on its list are taken off it, in this very transaction.
        .onConflictDoUpdate({ target: blobs.sha256, set: { unreferencedAt: null } });
    },
  };
}
