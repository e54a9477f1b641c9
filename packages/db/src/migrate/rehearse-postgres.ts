import { AppError } from '@vitrine/core';
import { type Migration, migrationsFolder, readMigrations } from '../migration-files.ts';
import { assertNotNewer, migrationState } from '../migration-state.ts';
import { changePostgres } from './change-postgres.ts';
import { onPostgres } from './on-postgres.ts';
import { driftOnPostgres, type PostgresDriftOptions } from './postgres-drift.ts';
import { appliedInPostgres, type PostgresConnection } from './postgres-journal.ts';
import { shapeOfPostgres } from './postgres-shape.ts';
import { nothingRehearsed, type Rehearsal } from './rehearsal.ts';
import { compareShapes } from './schema-shape.ts';

const usual = 'public';

async function rolledBack<T>(connection: PostgresConnection, work: () => Promise<T>): Promise<T> {
  await connection.query('begin');
  try {
    return await work();
  } finally {
    await connection.query('rollback');
  }
}

async function change(connection: PostgresConnection, todo: readonly Migration[]) {
  const before = await shapeOfPostgres(connection, usual);
  const { steps, effects } = await changePostgres(connection, todo);
  return { steps, tables: effects, schema: compareShapes(before, await shapeOfPostgres(connection, usual)) };
}

async function rehearseOn(
  connection: PostgresConnection,
  known: readonly Migration[],
): Promise<Omit<Rehearsal, 'tookMs'>> {
  const state = migrationState(known, await appliedInPostgres(connection));
  assertNotNewer(state);
  const drift = await rolledBack(connection, () => driftOnPostgres(connection, known));
  if (state.todo.length === 0) return { ...nothingRehearsed, drift };
  const pending = [...state.pending];
  try {
    const changed = await rolledBack(connection, () => change(connection, state.todo));
    return { pending, ...changed, drift, refusal: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...nothingRehearsed, pending, drift, refusal: error.message };
  }
}

/**
 * Finds out what `migratePostgres` would do, in a transaction that is rolled back. It holds the locks that migrating takes for as long
 * as that takes, so whoever uses a table that changes waits.
 */
export async function rehearsePostgres(options: PostgresDriftOptions): Promise<Rehearsal> {
  const known = readMigrations(options.folder ?? migrationsFolder('postgres'));
  const began = performance.now();
  return onPostgres(options.database, async (connection) => ({
    ...(await rehearseOn(connection, known)),
    tookMs: performance.now() - began,
  }));
}
