import { type Ids, uuidIds } from '@vitrine/core';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { appliedInPostgres, type PostgresConnection } from './migrate/postgres-journal.ts';
import { migrationsFolder, readMigrations } from './migration-files.ts';
import { migrationState } from './migration-state.ts';
import { databaseOn, type OpenDatabase } from './open-database.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { createRepositories } from './repositories/create-repositories.ts';
import * as tables from './tables/postgres.ts';
import * as searchTables from './tables/postgres-search.ts';
import { createTransactionScope, type TransactionScope } from './transaction-scope.ts';

export interface OpenPostgresOptions {
  /** `postgres://…` */
  readonly url: string;
  /** Connections at most; default 10. */
  readonly maxConnections?: number;
  /** Default: the folder that this version came with; `check` compares the database with it. */
  readonly folder?: string;
  /** Where ids of new tags come from. */
  readonly ids?: Pick<Ids, 'tag'>;
}

export type PostgresDatabase = OpenDatabase<NodePgDatabase>;

/** Where connections come from: a pool, or something that looks like one. */
export interface PostgresSource<Handle> {
  readonly reader: Handle;
  readonly connection: PostgresConnection;
  /** Runs work between BEGIN and COMMIT on one connection; ROLLBACK when it rejects. */
  transact<T>(work: (handle: Handle) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const allTables = { ...tables, ...searchTables };

/**
 * The repositories on a PostgreSQL handle. They are typed against SQLite's handle and tables; PostgreSQL's have the same
 * methods and, as tables/parity.test-d.ts proves, the same rows, but no type in common, hence the one cast.
 */
function repositoriesOn(handle: object, ids: Pick<Ids, 'tag'>) {
  const context = { db: handle, tables: allTables, dialect: postgresDialect };
  return createRepositories(context as never, ids);
}

/** A Database on whatever speaks PostgreSQL. */
export function databaseOnPostgres<Handle extends object>(
  makeSource: (scope: TransactionScope) => PostgresSource<Handle>,
  { folder = migrationsFolder('postgres'), ids = uuidIds }: Pick<OpenPostgresOptions, 'folder' | 'ids'> = {},
): OpenDatabase<Handle> {
  const known = readMigrations(folder);
  const scope = createTransactionScope();
  const source = makeSource(scope);
  return databaseOn({
    dialect: postgresDialect,
    scope,
    reader: source.reader,
    readers: repositoriesOn(source.reader, ids),
    transact: (work) =>
      source.transact((handle) => scope.enter(() => work({ handle, writers: repositoriesOn(handle, ids) }))),
    // Another machine may have committed; only a question over the network could tell.
    revision: () => null,
    migrationState: async () => migrationState(known, await appliedInPostgres(source.connection)),
    close: () => source.close(),
  });
}

/** The same connection, usable only while the transaction that it was taken for is open. */
function guardClient<Client extends object>(client: Client, scope: TransactionScope): Client {
  return new Proxy(client, {
    get(target, key) {
      if (key === 'query') scope.assertInside();
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Opens a pool of connections. Transactions are READ COMMITTED: every change in a repository is a conditional statement. */
export async function openPostgresDatabase(options: OpenPostgresOptions): Promise<PostgresDatabase> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
  pool.on('error', () => {});
  await pool.query('select 1');

  return databaseOnPostgres<NodePgDatabase>(
    (scope) => ({
      reader: drizzle(pool),
      connection: pool,
      async transact(work) {
        const client = await pool.connect();
        let broken: Error | undefined;
        try {
          await client.query('begin');
          const result = await work(drizzle(guardClient(client, scope)));
          await client.query('commit');
          return result;
        } catch (error) {
          await client.query('rollback').catch((failure: Error) => {
            broken = failure;
          });
          throw error;
        } finally {
          // A connection that could not roll back is thrown away, not handed to the next transaction.
          client.release(broken);
        }
      },
      close: () => pool.end(),
    }),
    options,
  );
}
