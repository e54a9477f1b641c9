import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { migratePostgres, type PostgresConnection, postgresDrift } from '../../src/index.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../src/postgres-test-server.ts';
import { barePglite } from '../support/bare-postgres.ts';
import { describeOnPostgres } from '../support/postgres-or-say-so.ts';
import { describeWalk, type WalkDatabase } from '../support/walk-suite.ts';

const hasText = (row: unknown): row is { text: string } =>
  typeof row === 'object' && row !== null && 'text' in row && typeof row.text === 'string';

function walkOn(database: PostgresConnection, close: () => Promise<void>): WalkDatabase {
  const texts = async (sql: string) =>
    (await database.query(sql)).rows.filter(hasText).map(({ text }) => text);
  return {
    migrate: (folder) => migratePostgres({ database, folder }),
    async columns() {
      const tables = await texts(
        `select table_name || ':' || string_agg(column_name, ',' order by column_name) as text
          from information_schema.columns where table_schema = 'public' and table_name not like '%\\_fts%'
          group by table_name order by table_name`,
      );
      return new Map(
        tables.map((line) => {
          const [table = '', columns = ''] = line.split(':');
          return [table, columns.split(',')];
        }),
      );
    },
    async insert(rows) {
      await database.query('begin');
      for (const [table, row] of rows) {
        const names = Object.keys(row).map((one) => `"${one}"`);
        await database.query(
          `insert into "${table}" (${names}) values (${names.map((_, at) => `$${at + 1}`)})`,
          Object.values(row),
        );
      }
      await database.query('commit');
    },
    rows: (table, columns) =>
      texts(
        `select row_to_json(x)::text as text from (select ${columns.map((one) => `"${one}"`)} from "${table}") x`,
      ),
    drift: (folder) => postgresDrift({ database, folder }),
    // PostgreSQL never lets a row point at nothing.
    dangling: async () => [],
    [Symbol.asyncDispose]: close,
  };
}

// The same engine, slowly: where there is no real one.
if (!hasPostgres) {
  describeWalk('PGlite', 'postgres', async () => {
    const { connection, [Symbol.asyncDispose]: close } = await barePglite();
    return walkOn(connection, async () => close());
  });
}

describeOnPostgres('every version of the schema', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  describeWalk('PostgreSQL 15', 'postgres', async () => {
    const url = new URL(server.url);
    url.pathname = `walk_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query(`create database ${url.pathname.slice(1)}`);
    await admin.end();
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    return walkOn(client, () => client.end());
  });
});
