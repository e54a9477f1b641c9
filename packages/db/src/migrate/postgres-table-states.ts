import type { PostgresConnection } from './postgres-journal.ts';
import type { TableState, TableStates } from './table-state.ts';

const tablesQuery = `
select c.relname as name, c.oid || ':' || pg_relation_filenode(c.oid) as storage,
  array_agg(a.attname::text order by a.attnum) as columns,
  coalesce((select array_agg(k.attname::text order by k.attnum) from pg_index x
    join pg_attribute k on k.attrelid = x.indexrelid where x.indrelid = c.oid and x.indisprimary), '{}') as key
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
group by c.oid, c.relname`;

interface Table {
  readonly name: string;
  readonly storage: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}
const isTable = (row: unknown): row is Table =>
  typeof row === 'object' && row !== null && 'name' in row && 'columns' in row && Array.isArray(row.columns);

const hasFigures = (row: unknown): row is { figures: unknown[] } =>
  typeof row === 'object' && row !== null && 'figures' in row && Array.isArray(row.figures);

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const text = (name: string) => `coalesce('v' || ${quote(name)}::text, 'n')`;

async function stateOf(
  connection: PostgresConnection,
  { name, storage, columns, key }: Table,
  summed: boolean,
): Promise<TableState> {
  const seed = `hashtextextended(concat_ws(chr(31), '', ${key.map(text).join(', ') || "''"}), 0)`;
  const sums = summed
    ? columns.map((column) => `sum(hashtextextended(${text(column)}, ${seed})::numeric)::text`)
    : [];
  const { rows } = await connection.query(
    `select array[${['count(*)::text', ...sums].join(', ')}] as figures from public.${quote(name)}`,
  );
  const [count, ...figures] = rows.filter(hasFigures).flatMap((row) => row.figures.map(String));
  return {
    rows: Number(count),
    storage,
    columns,
    sums: summed ? new Map(columns.map((column, at) => [column, figures[at] ?? ''])) : null,
  };
}

/** Every table of the usual schema; sums over those that `summed` names. */
export async function postgresTableStates(
  connection: PostgresConnection,
  summed: (table: string) => boolean,
): Promise<TableStates> {
  const { rows } = await connection.query(tablesQuery);
  const states = new Map<string, TableState>();
  // One after the other: a transaction has one connection.
  for (const table of rows.filter(isTable)) {
    states.set(table.name, await stateOf(connection, table, summed(table.name)));
  }
  return states;
}
