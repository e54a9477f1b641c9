import Sqlite from 'better-sqlite3';
import { addTestUser, openTemporarySqlite } from '../../src/testing.ts';
import type { TestDatabase } from './test-database.ts';

export async function openSqliteTestDatabase(): Promise<TestDatabase> {
  const temporary = await openTemporarySqlite();
  const connection = new Sqlite(temporary.file);
  connection.pragma('foreign_keys = ON');
  return {
    name: 'SQLite',
    database: temporary.database,
    async sql(text, values = []) {
      const statement = connection.prepare<unknown[], Record<string, unknown>>(text);
      if (statement.reader) return statement.all(...values);
      statement.run(...values);
      return [];
    },
    addUser: () => addTestUser(temporary.database),
    async [Symbol.asyncDispose]() {
      connection.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}
