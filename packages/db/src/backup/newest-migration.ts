import { AppError } from '@vitrine/core';
import { migrationsFolder, readMigrations } from '../migration-files.ts';
import { type AppliedMigration, assertNotNewer, migrationState } from '../migration-state.ts';

/** The newest migration that a database has. Fails when a newer version made it, or it is none of Vitrine's. */
export function newestMigration(
  dialect: Parameters<typeof migrationsFolder>[0],
  applied: readonly AppliedMigration[],
): string {
  const known = readMigrations(migrationsFolder(dialect));
  assertNotNewer(migrationState(known, applied));
  const newest = known.findLast(({ createdAt }) => applied.some((one) => one.createdAt === createdAt));
  if (newest) return newest.name;
  throw new AppError('invalid_input', 'This is no database of Vitrine.');
}
