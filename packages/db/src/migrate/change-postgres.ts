import type { Migration } from '../migration-files.ts';
import { applyToPostgres } from './apply-to-postgres.ts';
import type { MigrationStep } from './apply-to-sqlite.ts';
import { assertNothingLost } from './assert-nothing-lost.ts';
import { namesTable } from './names-table.ts';
import type { PostgresConnection } from './postgres-journal.ts';
import { postgresTableStates } from './postgres-table-states.ts';
import { type TableEffect, tableEffects } from './table-state.ts';

export interface PostgresChange {
  readonly steps: readonly MigrationStep[];
  readonly effects: readonly TableEffect[];
}

/** Whoever writes waits until the transaction ends: rows that came in between would look as if the migration had made them. */
async function stopWriters(connection: PostgresConnection): Promise<void> {
  const { rows } = await connection.query(
    "select string_agg(format('%I.%I', schemaname, tablename), ', ' order by tablename) as tables from pg_tables where schemaname = 'public'",
  );
  const [first] = rows;
  if (typeof first !== 'object' || first === null || !('tables' in first) || !first.tables) return;
  await connection.query(`lock table ${String(first.tables)} in share row exclusive mode`);
}

/**
 * Applies migrations inside the caller's transaction and compares what was there before with what is there now. Fails when rows or
 * values would get lost; the caller rolls back.
 */
export async function changePostgres(
  connection: PostgresConnection,
  migrations: readonly Migration[],
): Promise<PostgresChange> {
  const summed = (table: string) => namesTable(migrations, table);
  await connection.query('create schema if not exists drizzle');
  await connection.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  await stopWriters(connection);
  const before = await postgresTableStates(connection, summed);
  const steps = await applyToPostgres(connection, migrations);
  const effects = tableEffects(before, await postgresTableStates(connection, summed));
  assertNothingLost(effects, migrations);
  return { steps, effects };
}
