import type { Database } from '@vitrine/core';
import {
  openPostgresDatabase,
  openSqliteDatabase,
  postgresTables,
  type QueuedDatabase,
  sqliteTables,
} from '@vitrine/db';
import type { BetterAuthOptions } from 'better-auth';
import type { Config } from './config/config.ts';
import { queuedAdapter } from './identity/queued-adapter.ts';

/** The database, and the identity library's way into it. */
export interface OpenedDatabase {
  readonly database: Database;
  readonly createJobQueue: QueuedDatabase['createJobQueue'];
  readonly identity: NonNullable<BetterAuthOptions['database']>;
}

/** The identity library's models, by its own names for them. */
function identityTables(tables: typeof sqliteTables | typeof postgresTables) {
  const {
    users: user,
    sessions: session,
    accounts: account,
    verifications: verification,
    passkeys: passkey,
    apiKeys: apikey,
  } = tables;
  return { user, session, account, verification, passkey, apikey };
}

/** Opens the configured database. */
export async function openDatabase(
  { database: choice }: Config,
  makeRoom: () => Promise<boolean>,
): Promise<OpenedDatabase> {
  switch (choice.kind) {
    case 'sqlite': {
      const database = await openSqliteDatabase({ file: choice.file, makeRoom });
      const { reader, exclusive } = database;
      return {
        database,
        createJobQueue: database.createJobQueue,
        identity: queuedAdapter({
          config: { provider: 'sqlite', schema: identityTables(sqliteTables) },
          reader,
          exclusive,
        }),
      };
    }
    case 'postgres': {
      const database = await openPostgresDatabase({ url: choice.url });
      const { reader, exclusive } = database;
      return {
        database,
        createJobQueue: database.createJobQueue,
        identity: queuedAdapter({
          config: { provider: 'pg', schema: identityTables(postgresTables) },
          reader,
          exclusive,
        }),
      };
    }
    default:
      return choice satisfies never;
  }
}
