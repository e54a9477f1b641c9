import { randomUUID } from 'node:crypto';
import { userIdSchema } from '@vitrine/schema';
import pg from 'pg';
import { migratePostgres, openPostgresDatabase } from '../../src/index.ts';
import { startPostgres } from '../../src/postgres-test-server.ts';
import { numberParameters } from './number-parameters.ts';
import { insertRow, type TestDatabase, userRow } from './test-database.ts';

export async function openPostgresTestDatabase(): Promise<TestDatabase> {
  const server = await startPostgres();
  await migratePostgres({ database: server.url });
  const database = await openPostgresDatabase({ url: server.url, maxConnections: 20 });
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  const target: TestDatabase = {
    name: 'PostgreSQL 15',
    database,
    sql: async (text, values = []) => (await pool.query(numberParameters(text), [...values])).rows,
    async addUser() {
      const id = userIdSchema.parse(randomUUID());
      await insertRow(target, 'users', { ...userRow(id), email_verified: true });
      return id;
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await database.close();
      await server[Symbol.asyncDispose]();
    },
  };
  return target;
}
