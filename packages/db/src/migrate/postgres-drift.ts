import { type Migration, migrationsFolder, readMigrations } from '../migration-files.ts';
import { onPostgres } from './on-postgres.ts';
import { appliedInPostgres, type PostgresConnection } from './postgres-journal.ts';
import { shapeOfPostgres } from './postgres-shape.ts';
import { compareShapes, type SchemaDifference } from './schema-shape.ts';

const scratch = 'vitrine_expected_schema';
const usual = 'public';

/** The same statements for the scratch schema; they name the usual one where they refer to a table. */
const elsewhere = (statement: string) => statement.replaceAll(`"${usual}".`, `"${scratch}".`);

/**
 * What the usual schema has that its own migrations did not make, and what it lacks of what they made. Makes what they make in a
 * schema of its own; the caller rolls its transaction back.
 */
export async function driftOnPostgres(
  connection: PostgresConnection,
  known: readonly Migration[],
): Promise<SchemaDifference[]> {
  const applied = new Set((await appliedInPostgres(connection)).map(({ createdAt }) => createdAt));
  const found = await shapeOfPostgres(connection, usual);
  await connection.query(`create schema ${scratch}`);
  await connection.query(`set local search_path = ${scratch}`);
  for (const { statements, createdAt } of known) {
    if (!applied.has(createdAt)) continue;
    for (const statement of statements) await connection.query(elsewhere(statement));
  }
  return compareShapes(await shapeOfPostgres(connection, scratch), found);
}

export interface PostgresDriftOptions {
  /** Where to connect to, or one open connection that nobody else uses meanwhile. */
  readonly database: string | PostgresConnection;
  /** Default: the folder that this version came with. */
  readonly folder?: string;
}

/** Compares a database's schema with the one that the migrations which it lists make. What it makes for that is rolled back. */
export function postgresDrift({
  database,
  folder = migrationsFolder('postgres'),
}: PostgresDriftOptions): Promise<SchemaDifference[]> {
  return onPostgres(database, async (connection) => {
    await connection.query('begin');
    try {
      return await driftOnPostgres(connection, readMigrations(folder));
    } finally {
      await connection.query('rollback');
    }
  });
}
