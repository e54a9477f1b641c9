import type { Database as Connection } from 'better-sqlite3';
import { checksIn } from './checks-in.ts';
import type { SchemaShape } from './schema-shape.ts';

interface Named {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}
interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly fallback: string | null;
  readonly pk: number;
  readonly hidden: number;
}
interface Reference {
  readonly table: string;
  readonly columns: string;
  readonly target: string;
  readonly rules: string;
}
interface Unique {
  readonly table: string;
  readonly columns: string;
}

const own = `m.name not like 'sqlite\\_%' escape '\\' and m.name <> '__drizzle_migrations'`;
const plain = (sql: string) => sql.replaceAll('`', '"').replaceAll(/\s+/g, ' ').trim();

const columnDefinition = ({ type, notnull, fallback, pk, hidden }: Column) =>
  [
    type || 'any',
    notnull ? 'not null' : 'null',
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(pk ? [`key ${pk}`] : []),
    ...(hidden ? [`hidden ${hidden}`] : []),
  ].join(' ');

/** All that SQLite knows of a database's schema, but for its own tables and the journal. */
export function shapeOfSqlite(connection: Connection): SchemaShape {
  const all = connection
    .prepare<[], Named>(`select type, name, sql from sqlite_master m where ${own} and sql is not null`)
    .all();
  const columns = connection
    .prepare<[], Column>(
      `select m.name as "table", c.name, c.type, c."notnull", c.dflt_value as fallback, c.pk, c.hidden
        from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table' and ${own}`,
    )
    .all();
  const references = connection
    .prepare<[], Reference>(
      `select m.name as "table", group_concat(f."from") as columns,
          f."table" || '(' || group_concat(coalesce(f."to", '')) || ')' as target,
          'on update ' || f.on_update || ' on delete ' || f.on_delete as rules
        from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' and ${own} group by m.name, f.id`,
    )
    .all();
  const uniques = connection
    .prepare<[], Unique>(
      `select m.name as "table", (select group_concat(i.name) from pragma_index_info(l.name) i) as columns
        from sqlite_master m, pragma_index_list(m.name) l where m.type = 'table' and ${own} and l.origin = 'u'`,
    )
    .all();
  return new Map([
    ...all.map(({ type, name, sql }) => [`${type} ${name}`, definition(type, plain(sql))] as const),
    ...all.flatMap(({ type, name, sql }) => {
      const checks = type === 'table' ? checksIn(plain(sql)) : [];
      return checks.length > 0 ? [[`checks of ${name}`, checks.join(' and ')] as const] : [];
    }),
    ...columns.map((column) => [`column ${column.table}.${column.name}`, columnDefinition(column)] as const),
    ...references.map(
      (key) => [`foreign key ${key.table}(${key.columns})`, `${key.target} ${key.rules}`] as const,
    ),
    ...uniques.map(({ table, columns: of }) => [`unique ${table}(${of})`, 'unique'] as const),
  ]);
}

/** An ordinary table is told by its parts, which may have come in any order; everything else by the SQL that made it. */
function definition(type: string, sql: string): string {
  if (type !== 'table' || /^create virtual/i.test(sql)) return sql;
  return /\)([^)]*)$/.exec(sql)?.[1]?.trim().toLowerCase() || 'table';
}
