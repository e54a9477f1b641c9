import pg from 'pg';
import type { PostgresConnection } from './postgres-journal.ts';

/** Does work on the connection that is given, or on one of its own to that address. */
export async function onPostgres<T>(
  database: string | PostgresConnection,
  work: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  if (typeof database !== 'string') return work(database);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
