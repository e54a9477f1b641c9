import { and, eq, notExists, type SQL } from 'drizzle-orm';
import type { RepositoryContext } from './repository-context.ts';

/** That nothing points at a blob's row. Every table with bytes stands here. */
export function isUnused({
  db,
  tables: { assetVersions, blobs, guestFiles, renditions },
}: RepositoryContext): SQL | undefined {
  return and(
    ...[assetVersions, renditions, guestFiles].map((table) =>
      notExists(db.select({ sha256: table.sha256 }).from(table).where(eq(table.sha256, blobs.sha256))),
    ),
  );
}
