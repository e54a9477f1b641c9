import { userIdSchema } from '@vitrine/schema';
import { AppError } from '../app-error.ts';
import type { Database } from '../ports/database.ts';
import type { LegacyRun } from './legacy-run.ts';
import type { LegacySource } from './legacy-source.ts';
import { mayOwn } from './legacy-users.ts';

/** The owner, or else the administrator of the old system who becomes it. Fails with `not_found` when there is neither. */
export async function legacyOwner(
  database: Database,
  source: LegacySource,
): Promise<Pick<LegacyRun, 'ownerId' | 'ownerKey'>> {
  const owner = await database.read((readers) => readers.users.findOwner());
  if (owner) return { ownerId: owner.id, ownerKey: null };
  if (source.tables.has('users')) {
    for (const row of source.rows('users')) {
      if (mayOwn(row)) return { ownerId: userIdSchema.parse(row.id.slice(0, 64)), ownerKey: row.key };
    }
  }
  throw new AppError(
    'not_found',
    'There is no owner here, and no administrator in the old system to become it. Make one first: vitrine user create --email you@example.com --role owner --password-stdin',
  );
}
