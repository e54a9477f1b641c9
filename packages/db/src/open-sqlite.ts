import { type Ids, uuidIds } from '@vitrine/core';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { appliedInSqlite } from './migrate/sqlite-journal.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { migrationState } from './migration-state.ts';
import { type Driver, databaseOn, type MakeRoom, type OpenDatabase } from './open-database.ts';
import { createRepositories } from './repositories/create-repositories.ts';
import { guardConnection, openSqliteConnection } from './sqlite-connection.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import * as tables from './tables/sqlite.ts';
import * as searchTables from './tables/sqlite-search.ts';
import { createTransactionScope } from './transaction-scope.ts';
import { createWorkQueue } from './work-queue.ts';

export interface OpenSqliteOptions {
  /** The database file; `migrateSqlite` makes it. */
  readonly file: string;
  /** Default: the folder that this version came with; `check` compares the database with it. */
  readonly folder?: string;
  /** Where ids of new tags come from. */
  readonly ids?: Pick<Ids, 'tag'>;
  readonly makeRoom?: MakeRoom;
}

export type SqliteDatabase = OpenDatabase<BetterSQLite3Database>;

/**
 * Opens a SQLite file with two connections: one that only reads, and one that only writes, inside transactions that run one
 * after the other. Fails when the file cannot be opened with WAL and `synchronous=FULL`.
 */
export async function openSqliteDatabase(options: OpenSqliteOptions): Promise<SqliteDatabase> {
  const { file, ids = uuidIds } = options;
  const known = readMigrations(options.folder ?? migrationsFolder('sqlite'));
  const scope = createTransactionScope();
  const queue = createWorkQueue();
  // The writer first: it makes the shared-memory file that a read-only connection needs.
  const writing = openSqliteConnection({ file, readonly: false });
  const reading = openSqliteConnection({ file, readonly: true });

  const handle = drizzle(
    guardConnection(writing, () => {
      scope.assertInside();
      // SQLite rolls back by itself when the disk is full; what came behind would be written outside any transaction.
      if (!writing.inTransaction)
        throw new Error('SQLite has rolled the transaction back; nothing more may be written.');
    }),
  );
  const reader = drizzle(guardConnection(reading));
  const dataVersion = reading.prepare<[], number>('pragma data_version').pluck();
  const shared = { tables: { ...tables, ...searchTables }, dialect: sqliteDialect };
  const writers = createRepositories({ ...shared, db: handle }, ids);

  const driver: Driver<BetterSQLite3Database> = {
    dialect: sqliteDialect,
    scope,
    reader,
    readers: createRepositories({ ...shared, db: reader }, ids),
    transact: (work) =>
      queue.run(async () => {
        writing.exec('begin immediate');
        try {
          const result = await scope.enter(() => work({ handle, writers }));
          if (!writing.inTransaction) throw new Error('SQLite has rolled the transaction back.');
          writing.exec('commit');
          return result;
        } catch (error) {
          if (writing.inTransaction) writing.exec('rollback');
          throw error;
        }
      }),
    revision: () => dataVersion.get() ?? null,
    migrationState: async () => migrationState(known, appliedInSqlite(reading)),
    async close() {
      await queue.close();
      reading.close();
      writing.close();
    },
  };
  return databaseOn(driver, options.makeRoom);
}
