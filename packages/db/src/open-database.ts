import { AppError, type Database, type Writers } from '@vitrine/core';
import type { Dialect } from './dialect.ts';
import type { QueuedDatabase } from './jobs/queue-settings.ts';
import { createTableJobQueue } from './jobs/table-job-queue.ts';
import type { MigrationState } from './migration-state.ts';
import type { Repositories } from './repositories/create-repositories.ts';
import type { TransactionScope } from './transaction-scope.ts';

/** What a driver has to give so that a Database can stand on it. */
export interface Driver<Handle> {
  readonly dialect: Dialect;
  readonly scope: TransactionScope;
  /** For reads; no transaction. */
  readonly reader: Handle;
  readonly readers: Repositories;
  /** Runs work in a transaction of its own: resolved means committed and durable, rejected means nothing happened. */
  transact<T>(work: (context: { handle: Handle; writers: Repositories }) => Promise<T>): Promise<T>;
  /** See `Database`. */
  revision(): number | null;
  migrationState(): Promise<MigrationState>;
  close(): Promise<void>;
}

/** A Database, and what the identity library needs beside it. */
export interface OpenDatabase<Handle> extends Database, QueuedDatabase {
  /** Drizzle's handle for reads. */
  readonly reader: Handle;
  /** Runs work alone with Drizzle's handle for writing, and our writers on the same, in a transaction; like `transaction`. */
  exclusive<T>(work: (writer: Handle, writers: Writers) => Promise<T>): Promise<T>;
}

/** Says in our words what a database in trouble means; every other error stays as it is. */
function explain(dialect: Dialect, error: unknown): unknown {
  // Use cases check what they refer to first, so this is a race: it was there then, and is gone now.
  if (dialect.constraintOf(error) === 'foreign_key') {
    return new AppError(
      'conflict',
      'Something that this refers to was removed meanwhile. Read it again and repeat.',
      {
        cause: error,
      },
    );
  }
  const trouble = dialect.troubleOf(error);
  switch (trouble) {
    case 'full':
      return new AppError('storage_full', 'The database has no room left to store this.', { cause: error });
    case 'busy':
      return new AppError('unavailable', 'The database is busy. Try again in a moment.', {
        cause: error,
        retryAfterSeconds: 1,
      });
    case null:
      return error;
    default:
      return trouble satisfies never;
  }
}

/** Called when there is no room for a transaction; true: some was made, and the work is done once more from its beginning. */
export type MakeRoom = () => Promise<boolean>;

/** A Database on whatever driver. */
export function databaseOn<Handle>(
  driver: Driver<Handle>,
  makeRoom: MakeRoom = async () => false,
): OpenDatabase<Handle> {
  const { dialect, scope } = driver;
  const listeners = new Set<() => void>();

  async function explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explain(dialect, error);
    }
  }

  async function transact<T>(
    work: (context: { handle: Handle; writers: Repositories }) => Promise<T>,
  ): Promise<T> {
    scope.assertOutside();
    const result = await explained(() => driver.transact(work)).catch(async (error: unknown) => {
      if (!(error instanceof AppError && error.code === 'storage_full' && (await makeRoom()))) throw error;
      return explained(() => driver.transact(work));
    });
    for (const listener of listeners) listener();
    return result;
  }

  function onCommitted(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    reader: driver.reader,
    read: (work) => explained(() => work(driver.readers)),
    transaction: (work) => transact(({ writers }) => work(writers)),
    onCommitted,
    createJobQueue: (settings) =>
      createTableJobQueue({
        ...settings,
        transaction: (work) => transact(({ writers }) => work(writers.jobs)),
        read: (work) => explained(() => work(driver.readers.jobs)),
        onCommitted,
      }),
    exclusive: (work) => transact(({ handle, writers }) => work(handle, writers)),
    async check() {
      const { pending, unknown } = await driver.migrationState();
      if (pending.length > 0) {
        throw new AppError(
          'unavailable',
          `The database lacks the migrations ${pending.join(', ')}. Run 'vitrine migrate'.`,
        );
      }
      if (unknown.length > 0) {
        throw new AppError(
          'unavailable',
          'The database was made by a newer version of Vitrine. Start that one.',
        );
      }
    },
    revision: () => driver.revision(),
    close: () => driver.close(),
  };
}
