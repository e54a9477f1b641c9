import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { PostgresConnection } from '../../src/index.ts';
import { startPostgres } from '../../src/postgres-test-server.ts';

/** One connection to an empty database. */
export interface BarePostgres extends AsyncDisposable {
  readonly connection: PostgresConnection;
}

export async function barePglite(): Promise<BarePostgres> {
  const client = await PGlite.create();
  return {
    connection: { query: (text, values = []) => client.query<Record<string, unknown>>(text, values) },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

export async function barePostgres(): Promise<BarePostgres> {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  return {
    connection: client,
    async [Symbol.asyncDispose]() {
      await client.end();
      await server[Symbol.asyncDispose]();
    },
  };
}
