import type { Visibility } from '@vitrine/core';
import { eq, inArray, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { RepositoryContext } from './repository-context.ts';

/** The condition that a row of this client may be seen; undefined when all may. */
export function visibleClient(
  { db, tables: { clients } }: RepositoryContext,
  clientId: SQLiteColumn,
  visibility: Visibility,
): SQL | undefined {
  switch (visibility.kind) {
    case 'all':
      return undefined;
    case 'clients_of':
      return inArray(
        clientId,
        db.select({ id: clients.id }).from(clients).where(eq(clients.userId, visibility.userId)),
      );
    default:
      return visibility satisfies never;
  }
}
