import { sql } from 'drizzle-orm';
import { type ConstraintKind, type Dialect, errorCodes } from './dialect.ts';
import { sqliteSearch } from './search/sqlite-search.ts';

const constraints: Record<string, ConstraintKind> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign_key',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_NOTNULL: 'not_null',
  SQLITE_CONSTRAINT_TRIGGER: 'trigger',
};

export const sqliteDialect: Dialect = {
  jsonArray: (values) => sql`json_array(${sql.join([...values], sql`, `)})`,
  joined: (value, from) => sql`(select group_concat(${value}, char(31)) from ${from})`,
  byCodePoint: (text) => text,
  // The one writer already has the database for itself.
  lockRow: async () => {},
  skipLocked: sql.empty(),
  lockLogs: async () => {},
  lockLineage: async () => {},
  // The search table is read first: FTS5 then forgets what it remembers of earlier commits, which its check would take for corruption.
  integrity: sql`(
    select null as example from (select rowid from asset_search_fts limit 1) where rowid is null
    union all
    select integrity_check as example from pragma_integrity_check where integrity_check <> 'ok'
    union all
    select "table" || ': row ' || coalesce(rowid, '?') || ' points at a missing row of ' || parent from pragma_foreign_key_check
  )`,
  search: sqliteSearch,
  constraintOf(error) {
    const code = errorCodes(error).find((one) => one in constraints);
    return code === undefined ? null : (constraints[code] ?? null);
  },
  troubleOf(error) {
    const codes = errorCodes(error);
    if (codes.some((code) => code === 'SQLITE_FULL')) return 'full';
    return codes.some((code) => code.startsWith('SQLITE_BUSY')) ? 'busy' : null;
  },
};
