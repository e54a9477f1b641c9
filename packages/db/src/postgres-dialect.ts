import { sql } from 'drizzle-orm';
import { type ConstraintKind, type Dialect, errorCodes } from './dialect.ts';
import { postgresSearch } from './search/postgres-search.ts';

// SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
const constraints: Record<string, ConstraintKind> = {
  '23505': 'unique',
  '23503': 'foreign_key',
  '23514': 'check',
  '23502': 'not_null',
  '23001': 'trigger',
};
const full = ['53100'];
const busy = ['40001', '40P01', '53300', '55P03', '57P03'];

/** Any number of our own: every process locks the logs by the same one. */
const logsLock = 7_301_442;
/** The first of two numbers; the second is made of the client's id. Two clients that share one wait for each other, no more. */
const lineageLocks = 7_301_443;

export const postgresDialect: Dialect = {
  jsonArray: (values) => sql`json_build_array(${sql.join([...values], sql`, `)})::text`,
  joined: (value, from) => sql`(select string_agg(${value}, chr(31)) from ${from})`,
  byCodePoint: (text) => sql`${text} collate "C"`,
  async lockRow(db, { table, where }) {
    await db
      .select({ locked: sql`1` })
      .from(sql`(select 1 from ${table} where ${where} for update) as locked`);
  },
  skipLocked: sql`for update skip locked`,
  async lockLogs(db) {
    await db.select({ locked: sql`1` }).from(sql`pg_advisory_xact_lock(${logsLock})`);
  },
  async lockLineage(db, clientId) {
    await db
      .select({ locked: sql`1` })
      .from(sql`pg_advisory_xact_lock(${lineageLocks}::int, hashtext(${clientId}))`);
  },
  // PostgreSQL checks its references as they are written; what is left are those and the indexes that it does not vouch for.
  integrity: sql`(
    select conrelid::regclass::text || ': the constraint ' || conname || ' was never checked' as example
      from pg_constraint where not convalidated and connamespace = current_schema()::regnamespace
    union all
    select indrelid::regclass::text || ': the index ' || indexrelid::regclass::text || ' is not whole'
      from pg_index where not (indisvalid and indisready)
  )`,
  search: postgresSearch,
  constraintOf(error) {
    const code = errorCodes(error).find((one) => one in constraints);
    return code === undefined ? null : (constraints[code] ?? null);
  },
  troubleOf(error) {
    const codes = errorCodes(error);
    if (codes.some((code) => full.includes(code))) return 'full';
    return codes.some((code) => busy.includes(code)) ? 'busy' : null;
  },
};
