import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { type Migration, migrationsFolder, readMigrations } from '../migration-files.ts';
import { applyToSqlite } from './apply-to-sqlite.ts';
import { compareShapes, type SchemaDifference, type SchemaShape } from './schema-shape.ts';
import { appliedInSqlite } from './sqlite-journal.ts';
import { shapeOfSqlite } from './sqlite-shape.ts';

/** The schema that migrations make of nothing. */
function shapeMadeBy(migrations: readonly Migration[]): SchemaShape {
  const connection = new Sqlite(':memory:');
  try {
    applyToSqlite(connection, migrations);
    return shapeOfSqlite(connection);
  } finally {
    connection.close();
  }
}

/** What a database's schema has that its own migrations did not make, and what it lacks of what they made. */
export function driftOn(connection: Connection, known: readonly Migration[]): SchemaDifference[] {
  const applied = new Set(appliedInSqlite(connection).map(({ createdAt }) => createdAt));
  const expected = shapeMadeBy(known.filter(({ createdAt }) => applied.has(createdAt)));
  return compareShapes(expected, shapeOfSqlite(connection));
}

export interface SqliteDriftOptions {
  readonly file: string;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
}

/** Compares a file's schema with the one that the migrations which it lists make. Changes nothing. */
export function sqliteDrift({
  file,
  folder = migrationsFolder('sqlite'),
}: SqliteDriftOptions): SchemaDifference[] {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    return driftOn(connection, readMigrations(folder));
  } finally {
    connection.close();
  }
}
