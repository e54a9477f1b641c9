import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { userIdSchema } from '@vitrine/schema';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { migratePostgres } from '../../src/index.ts';
import { databaseOnPostgres } from '../../src/open-postgres.ts';
import { createWorkQueue } from '../../src/work-queue.ts';
import { numberParameters } from './number-parameters.ts';
import { insertRow, type TestDatabase, userRow } from './test-database.ts';

/** PostgreSQL in WebAssembly: one connection, so transactions take turns here. */
export async function openPgliteTestDatabase(): Promise<TestDatabase> {
  const client = await PGlite.create();
  const connection = {
    query: async (text: string, values: unknown[] = []) =>
      client.query<Record<string, unknown>>(text, values),
  };
  await migratePostgres({ database: connection });
  const queue = createWorkQueue();
  const handle = drizzle(client);
  const database = databaseOnPostgres<PgliteDatabase>(() => ({
    reader: handle,
    connection,
    transact: (work) =>
      queue.run(async () => {
        await client.query('begin');
        try {
          const result = await work(handle);
          await client.query('commit');
          return result;
        } catch (error) {
          await client.query('rollback');
          throw error;
        }
      }),
    async close() {
      await queue.close();
      await client.close();
    },
  }));
  const target: TestDatabase = {
    name: 'PGlite',
    database,
    sql: async (text, values = []) => (await connection.query(numberParameters(text), [...values])).rows,
    async addUser() {
      const id = userIdSchema.parse(randomUUID());
      await insertRow(target, 'users', { ...userRow(id), email_verified: true });
      return id;
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
  return target;
}
