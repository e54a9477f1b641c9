import { AppError } from '@vitrine/core';
import type { Migration } from './migration-files.ts';

/** What the database's own journal says. */
export interface AppliedMigration {
  readonly hash: string;
  /** Milliseconds. */
  readonly createdAt: number;
}

export interface MigrationState {
  /** Names of migrations that this program has and the database has not. */
  readonly pending: readonly string[];
  /** Migrations that the database has and this program does not know: a newer program made it. */
  readonly unknown: readonly AppliedMigration[];
}

/** What a migrator answers: names, in order. */
export interface MigrationResult {
  readonly applied: readonly string[];
}

/** Compares the program's migrations with the database's. Fails when one was edited after it had been applied. */
export function migrationState(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): MigrationState & { readonly todo: readonly Migration[] } {
  const done = new Map(applied.map((one) => [one.createdAt, one]));
  for (const migration of known) {
    const hash = done.get(migration.createdAt)?.hash;
    if (hash !== undefined && hash !== migration.hash) {
      throw new AppError(
        'unavailable',
        `The migration ${migration.name} was edited after it had been applied. Restore the file and add a new migration instead.`,
      );
    }
  }
  const todo = known.filter(({ createdAt }) => !done.has(createdAt));
  const ours = new Set(known.map(({ createdAt }) => createdAt));
  return {
    todo,
    pending: todo.map(({ name }) => name),
    unknown: applied.filter(({ createdAt }) => !ours.has(createdAt)),
  };
}

/** Fails when the database was made by a newer program: applying older migrations to it would break it. */
export function assertNotNewer({ unknown }: MigrationState): void {
  if (unknown.length > 0) {
    throw new AppError(
      'unavailable',
      `The database has ${unknown.length} migration(s) that this version of Vitrine does not know: a newer one made it. Nothing was changed. Start that version, or go back to the database from before: see "Going back" in docs/operations.md.`,
    );
  }
}

/** A statement failed; all of the migrations are rolled back. */
export function migrationFailed(name: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'unavailable',
    `The migration ${name} failed; nothing was changed. The database says: ${reason}`,
    {
      cause,
    },
  );
}
