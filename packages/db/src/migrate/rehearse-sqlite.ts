import { existsSync, rmSync } from 'node:fs';
import { AppError } from '@vitrine/core';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { type Migration, migrationsFolder, readMigrations } from '../migration-files.ts';
import { assertNotNewer, migrationState } from '../migration-state.ts';
import { changeSqlite } from './change-sqlite.ts';
import { nothingRehearsed, type Rehearsal } from './rehearsal.ts';
import { compareShapes } from './schema-shape.ts';
import { driftOn, type SqliteDriftOptions } from './sqlite-drift.ts';
import { appliedInSqlite } from './sqlite-journal.ts';
import { shapeOfSqlite } from './sqlite-shape.ts';
import { copySqlite } from './sqlite-snapshot.ts';
import { assertCopySound } from './sqlite-soundness.ts';

/** Migrates a copy as the database itself would be, on the same disk, so that the times tell something too. */
function rehearseOn(connection: Connection, known: readonly Migration[]): Omit<Rehearsal, 'tookMs'> {
  const state = migrationState(known, appliedInSqlite(connection));
  assertNotNewer(state);
  const drift = driftOn(connection, known);
  const before = shapeOfSqlite(connection);
  if (state.todo.length === 0) return { ...nothingRehearsed, drift };
  connection.pragma('foreign_keys = OFF');
  const pending = [...state.pending];
  try {
    if (!connection.memory) assertCopySound({ file: connection.name });
    connection.exec('begin immediate');
    const { steps, effects } = changeSqlite(connection, state.todo, drift);
    connection.exec('commit');
    const schema = compareShapes(before, shapeOfSqlite(connection));
    return { pending, steps, tables: effects, schema, drift, refusal: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...nothingRehearsed, pending, drift, refusal: error.message };
  }
}

/** Finds out what `migrateSqlite` would do to a file, on a copy that goes afterwards. A missing file stays missing. */
export async function rehearseSqlite(options: SqliteDriftOptions): Promise<Rehearsal> {
  const { file, folder = migrationsFolder('sqlite') } = options;
  const known = readMigrations(folder);
  const began = performance.now();
  const copy = `${file}.rehearsal-${process.pid}`;
  const exists = existsSync(file);
  try {
    if (exists) copySqlite(file, copy);
    const connection = new Sqlite(exists ? copy : ':memory:');
    try {
      return { ...rehearseOn(connection, known), tookMs: performance.now() - began };
    } finally {
      connection.close();
    }
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }
}
