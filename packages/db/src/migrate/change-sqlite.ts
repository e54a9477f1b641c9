import { AppError } from '@vitrine/core';
import type { Database as Connection } from 'better-sqlite3';
import type { Migration } from '../migration-files.ts';
import { applyToSqlite, type MigrationStep } from './apply-to-sqlite.ts';
import { assertNothingLost } from './assert-nothing-lost.ts';
import { namesTable } from './names-table.ts';
import type { SchemaDifference } from './schema-shape.ts';
import { danglingReferences } from './sqlite-soundness.ts';
import { sqliteTableStates } from './sqlite-table-states.ts';
import { type TableEffect, tableEffects } from './table-state.ts';

export interface SqliteChange {
  readonly steps: readonly MigrationStep[];
  readonly effects: readonly TableEffect[];
}

/** A rebuild copies the columns that it knows. One that somebody added by hand would go without a word. */
function assertStrangersStay(effects: readonly TableEffect[], drift: readonly SchemaDifference[]): void {
  const strangers = new Set(drift.flatMap(({ what, part }) => (what === 'extra' ? [part] : [])));
  const gone = effects
    .flatMap(({ table, droppedColumns }) => droppedColumns.map((column) => `${table}.${column}`))
    .find((name) => strangers.has(`column ${name}`));
  if (gone === undefined) return;
  throw new AppError(
    'unavailable',
    `The migration would drop '${gone}', which no migration has made. Nothing was changed. Keep what it holds elsewhere, drop the column and start again.`,
  );
}

/**
 * Applies migrations inside the caller's transaction and compares what was there before with what is there now. Fails when rows or
 * values would get lost; the caller rolls back.
 */
export function changeSqlite(
  connection: Connection,
  migrations: readonly Migration[],
  drift: readonly SchemaDifference[],
): SqliteChange {
  const summed = (table: string) => namesTable(migrations, table);
  const before = sqliteTableStates(connection, summed);
  const dangling = danglingReferences(connection);
  const steps = applyToSqlite(connection, migrations);
  const effects = tableEffects(before, sqliteTableStates(connection, summed));
  const left = [...danglingReferences(connection)].filter((violation) => !dangling.has(violation));
  if (left.length > 0) {
    throw new AppError(
      'unavailable',
      `The migration would leave ${left.length} row(s) that point at nothing, such as ${left[0]}. Nothing was changed.`,
    );
  }
  assertNothingLost(effects, migrations);
  assertStrangersStay(effects, drift);
  return { steps, effects };
}
