import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { DialectName } from './checks.ts';

/** One generated folder's migration, in the order of the journal. */
export interface Migration {
  /** The file's name without `.sql`, e.g. `0000_initial`. */
  readonly name: string;
  /** Milliseconds; what Drizzle's own migrator tells migrations apart by. */
  readonly createdAt: number;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly statements: readonly string[];
  /** Tables whose number of rows this migration may change: `-- rows may change: a, b` in the file. */
  readonly mayChangeRows: readonly string[];
  /** Columns whose values in rows of before it may change: `-- values may change: table.column` in the file. */
  readonly mayChangeValues: readonly string[];
}

interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

/** `drizzle/<dialect>` of this checkout or installation; sources and build lie equally deep. */
export function migrationsFolder(dialect: DialectName): string {
  return path.resolve(import.meta.dirname, '../../../drizzle', dialect);
}

/** The names behind every `-- <what>: a, b`. */
function listed(sql: readonly string[], what: string): string[] {
  return sql.flatMap((text) =>
    [...text.matchAll(new RegExp(`^[ \\t]*-- ${what}: (.+)$`, 'gm'))].flatMap(([, list = '']) =>
      list.split(/[\s,]+/).filter(Boolean),
    ),
  );
}

/** Reads what drizzle-kit generated. Fails when the folder has no journal or lacks a file that it names. */
export function readMigrations(folder: string): Migration[] {
  const journal: Journal = JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8'));
  const names = new Map(journal.entries.map(({ tag, when }) => [when, tag]));
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
    name: names.get(folderMillis) ?? String(folderMillis),
    createdAt: folderMillis,
    hash,
    statements: sql.map((statement) => statement.trim()).filter(Boolean),
    mayChangeRows: listed(sql, 'rows may change'),
    mayChangeValues: listed(sql, 'values may change'),
  }));
}
