import { AppError } from '@vitrine/core';
import type { Migration } from '../migration-files.ts';
import type { TableEffect } from './table-state.ts';

const refuse = (what: string, remedy: string) =>
  new AppError('unavailable', `The migration would ${what}. Nothing was changed. ${remedy}`);

function lossIn(effect: TableEffect, migrations: readonly Migration[]): AppError | null {
  const { table, rowsBefore, rowsAfter, changedColumns } = effect;
  if (rowsBefore === null) return null;
  const mayChange = migrations.some(({ mayChangeRows }) => mayChangeRows.includes(table));
  if (rowsBefore !== rowsAfter && !mayChange) {
    return refuse(
      `leave ${rowsAfter ?? 0} of ${rowsBefore} rows in '${table}'`,
      `If that is meant, say so in the file: -- rows may change: ${table}`,
    );
  }
  const meant = new Set(migrations.flatMap(({ mayChangeValues }) => mayChangeValues));
  const changed = changedColumns.map((column) => `${table}.${column}`).find((name) => !meant.has(name));
  if (changed === undefined) return null;
  return refuse(
    `change values of '${changed}' in rows that are there already`,
    `If that is meant, say so in the file: -- values may change: ${changed}`,
  );
}

/** A rebuilt table must hold the rows and the values that it held: a rebuild that cascades, or mixes columns up, says "done" too. */
export function assertNothingLost(effects: readonly TableEffect[], migrations: readonly Migration[]): void {
  for (const effect of effects) {
    const loss = lossIn(effect, migrations);
    if (loss) throw loss;
  }
}
