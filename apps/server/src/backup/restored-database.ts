import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { AppError, type Database } from '@vitrine/core';
import {
  type DatabaseCopy,
  emptyPostgres,
  isEmptyPostgres,
  openPostgresDatabase,
  openSqliteDatabase,
  readSqliteCopy,
  restorePostgres,
} from '@vitrine/db';
import { syncPath } from './described-file.ts';

/** The database that a backup becomes. */
export interface RestoredDatabase {
  /** Fills it from the backup's file and reads all that it holds then. */
  fill(from: string): Promise<DatabaseCopy>;
  open(): Promise<Database>;
  /** Leaves it as empty as it was. */
  empty(): Promise<void>;
}

function sqlite(into: string): RestoredDatabase {
  const file = path.join(into, 'vitrine.sqlite');
  return {
    async fill(from) {
      copyFileSync(from, file);
      syncPath(file);
      return readSqliteCopy(file);
    },
    open: () => openSqliteDatabase({ file }),
    // The file goes with its folder.
    empty: async () => {},
  };
}

async function postgres(url: string | undefined): Promise<RestoredDatabase> {
  if (url === undefined) {
    throw new AppError(
      'invalid_input',
      'This is a backup of PostgreSQL. Name an empty database for it: --database-url postgres://user:password@host/name',
    );
  }
  if (!(await isEmptyPostgres(url))) {
    throw new AppError(
      'invalid_input',
      'The database of --database-url is not empty. Make a new one: createdb name',
    );
  }
  return {
    fill: (from) => restorePostgres({ url, from }),
    open: () => openPostgresDatabase({ url }),
    empty: () => emptyPostgres(url),
  };
}

/** Fails with `invalid_input` where there is no empty database to fill. */
export async function restoredDatabase(
  dialect: 'sqlite' | 'postgres',
  { into, url }: { readonly into: string; readonly url: string | undefined },
): Promise<RestoredDatabase> {
  switch (dialect) {
    case 'sqlite':
      return sqlite(into);
    case 'postgres':
      return postgres(url);
    default:
      return dialect satisfies never;
  }
}
