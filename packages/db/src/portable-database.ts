import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type * as sqliteTables from './tables/sqlite.ts';
import type * as sqliteSearchTables from './tables/sqlite-search.ts';

/**
 * What repositories are written against: SQLite's types, which PostgreSQL's handle and tables stand in for at run time
 * (open-postgres.ts). So only what both have may be used: awaited builders, `returning()`, no `get`, `all`, `run`, no
 * `db.query`, and nothing of what an insert or update without `returning()` answers.
 */
export type PortableDatabase = Omit<
  BetterSQLite3Database,
  'all' | 'get' | 'run' | 'values' | 'query' | '_query' | 'transaction'
>;
export type Tables = typeof sqliteTables & typeof sqliteSearchTables;
