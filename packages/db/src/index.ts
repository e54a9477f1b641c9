export type { DatabaseCopy } from './backup/database-copy.ts';
export { lockFile } from './backup/lock-file.ts';
export {
  copyPostgresDatabase,
  emptyPostgres,
  isEmptyPostgres,
  restorePostgres,
} from './backup/postgres-backup.ts';
export { copySqliteDatabase, readSqliteCopy } from './backup/sqlite-backup.ts';
export type { JobQueueSettings, QueuedDatabase } from './jobs/queue-settings.ts';
export type { MigrationStep } from './migrate/apply-to-sqlite.ts';
export { type PostgresDriftOptions, postgresDrift } from './migrate/postgres-drift.ts';
export type { PostgresConnection } from './migrate/postgres-journal.ts';
export type { Rehearsal } from './migrate/rehearsal.ts';
export { rehearsePostgres } from './migrate/rehearse-postgres.ts';
export { rehearseSqlite } from './migrate/rehearse-sqlite.ts';
export {
  type RestoredSnapshot,
  type RestoreSnapshotOptions,
  restoreSnapshot,
} from './migrate/restore-snapshot.ts';
export type { SchemaDifference } from './migrate/schema-shape.ts';
export { type SqliteDriftOptions, sqliteDrift } from './migrate/sqlite-drift.ts';
export type { TableEffect } from './migrate/table-state.ts';
export { type MigratePostgresOptions, migratePostgres } from './migrate-postgres.ts';
export { type MigrateSqliteOptions, migrateSqlite } from './migrate-sqlite.ts';
export type { MigrationResult } from './migration-state.ts';
export type { OpenDatabase } from './open-database.ts';
export { type OpenPostgresOptions, openPostgresDatabase, type PostgresDatabase } from './open-postgres.ts';
export { type OpenSqliteOptions, openSqliteDatabase, type SqliteDatabase } from './open-sqlite.ts';
export * as postgresTables from './tables/postgres.ts';
export * as sqliteTables from './tables/sqlite.ts';
