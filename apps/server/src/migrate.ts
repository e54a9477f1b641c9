import {
  type MigrationResult,
  migratePostgres,
  migrateSqlite,
  type Rehearsal,
  rehearsePostgres,
  rehearseSqlite,
} from '@vitrine/db';
import type { Config } from './config/config.ts';

/** Brings the configured database to this version. */
export function migrate({ database }: Config): Promise<MigrationResult> {
  switch (database.kind) {
    case 'sqlite':
      return migrateSqlite({ file: database.file });
    case 'postgres':
      return migratePostgres({ database: database.url });
    default:
      return database satisfies never;
  }
}

/** What that would do. Changes nothing; on PostgreSQL those who write wait meanwhile. */
export function rehearseMigration({ database }: Config): Promise<Rehearsal> {
  switch (database.kind) {
    case 'sqlite':
      return rehearseSqlite({ file: database.file });
    case 'postgres':
      return rehearsePostgres({ database: database.url });
    default:
      return database satisfies never;
  }
}
