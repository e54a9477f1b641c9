import { type MigrationResult, migratePostgres, migrateSqlite } from '@vitrine/db';
import type { Config } from './config/config.ts';

/** Brings the configured database to this version, or says what that would take. */
export function migrate({ database }: Config, { dryRun }: { dryRun: boolean }): Promise<MigrationResult> {
  switch (database.kind) {
    case 'sqlite':
      return migrateSqlite({ file: database.file, dryRun });
    case 'postgres':
      return migratePostgres({ database: database.url, dryRun });
    default:
      return database satisfies never;
  }
}
