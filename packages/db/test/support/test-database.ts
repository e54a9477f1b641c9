import type { Database } from '@vitrine/core';
import type { UserId } from '@vitrine/schema';
import type { QueuedDatabase } from '../../src/jobs/queue-settings.ts';

/** An open, migrated database of one kind, with the back doors that tests need. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string;
  readonly database: Database & QueuedDatabase;
  /** Runs SQL past every repository; `?` stands for a parameter. Rejects with the driver's error. */
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  addUser(): Promise<UserId>;
}

/** Inserts one row past every repository; column names as in SQL. */
export async function insertRow(
  target: TestDatabase,
  table: string,
  row: Record<string, unknown>,
): Promise<void> {
  const columns = Object.keys(row);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  await target.sql(`insert into "${table}" (${names}) values (${marks})`, Object.values(row));
}

/** The row of a user who can own things. */
export function userRow(id: string): Record<string, unknown> {
  return {
    id,
    name: id,
    email: `${id}@example.test`,
    email_verified: 1,
    role: 'owner',
    created_at: 1,
    updated_at: 1,
  };
}
