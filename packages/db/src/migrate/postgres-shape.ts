import type { PostgresConnection } from './postgres-journal.ts';
import type { SchemaShape } from './schema-shape.ts';

/** Nothing that an extension brought. */
const ours = (oid: string) =>
  `not exists (select 1 from pg_depend d where d.objid = ${oid} and d.deptype = 'e')`;

const shapeQuery = `
with tables as (
  select c.oid, c.relname, c.relkind from pg_class c
  where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and ${ours('c.oid')}
)
select 'table ' || relname as part, relkind::text as definition from tables
union all
select 'column ' || t.relname || '.' || a.attname,
  format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else ' null' end
    || case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end
    || coalesce(case when a.attgenerated <> '' then ' generated ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), '')
from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
union all
select case k.contype when 'c' then 'check ' when 'f' then 'foreign key ' else 'constraint ' end || t.relname || '.' || k.conname,
  pg_get_constraintdef(k.oid) || case when k.convalidated then '' else ' not valid' end
from tables t join pg_constraint k on k.conrelid = t.oid and k.contype in ('c', 'f', 'p', 'u', 'x')
union all
select 'index ' || i.relname, pg_get_indexdef(i.oid) || case when x.indisvalid then '' else ' invalid' end
from tables t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
where not exists (select 1 from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
union all
select 'trigger ' || t.relname || '.' || g.tgname, pg_get_triggerdef(g.oid) || case when g.tgenabled = 'O' then '' else ' disabled' end
from tables t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
union all
select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid)
from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p') and ${ours('p.oid')}`;

const isPart = (row: unknown): row is { part: string; definition: string } =>
  typeof row === 'object' && row !== null && 'part' in row && 'definition' in row;

/**
 * All that PostgreSQL knows of one schema of a database, without the schema's own name. Runs inside the caller's transaction and
 * sets its search path, by which PostgreSQL decides what it writes before a name.
 */
export async function shapeOfPostgres(connection: PostgresConnection, schema: string): Promise<SchemaShape> {
  await connection.query(`set local search_path = "${schema}"`);
  const { rows } = await connection.query(shapeQuery, [`"${schema}"`]);
  const nameless = (text: string) => text.replaceAll(`"${schema}".`, '').replaceAll(`${schema}.`, '');
  return new Map(rows.filter(isPart).map(({ part, definition }) => [part, nameless(definition)]));
}
