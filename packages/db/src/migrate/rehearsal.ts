import type { MigrationStep } from './apply-to-sqlite.ts';
import type { SchemaDifference } from './schema-shape.ts';
import type { TableEffect } from './table-state.ts';

/** What migrating would do, found out by doing it and throwing the outcome away. */
export interface Rehearsal {
  /** Names of the migrations that the database lacks, in order. */
  readonly pending: readonly string[];
  readonly steps: readonly MigrationStep[];
  /** The tables that would not be what they are. */
  readonly tables: readonly TableEffect[];
  /** Parts of the schema that would come (`extra`), go (`missing`) or change. */
  readonly schema: readonly SchemaDifference[];
  /** Where the schema is not what the migrations that the database lists have made. */
  readonly drift: readonly SchemaDifference[];
  /** Why the migrations would be refused; null when they would be applied. */
  readonly refusal: string | null;
  /** All of it, in milliseconds: on SQLite with the copy that is migrated. */
  readonly tookMs: number;
}

/** What is known when nothing is pending, or before the first step. */
export const nothingRehearsed = { pending: [], steps: [], tables: [], schema: [], refusal: null } as const;
