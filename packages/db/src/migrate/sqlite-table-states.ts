import { crc32 } from 'node:zlib';
import type { Database as Connection } from 'better-sqlite3';
import type { TableState, TableStates } from './table-state.ts';

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Type and value, so that `1` and `'1'` differ. */
function bytesOf(value: unknown): string | Buffer {
  if (Buffer.isBuffer(value)) return value;
  return `${typeof value}:${String(value)}`;
}

function sumsOf(connection: Connection, table: string, key: readonly string[]): Map<string, string> {
  const statement = connection.prepare<[], unknown[]>(`select * from ${quote(table)}`).raw();
  const columns = statement.columns().map(({ name }) => name);
  const keyAt = key.map((name) => columns.indexOf(name));
  const sums = columns.map(() => 0n);
  for (const row of statement.iterate()) {
    const seed = crc32(JSON.stringify(keyAt.map((at) => row[at])));
    row.forEach((value, at) => {
      sums[at] = (sums[at] ?? 0n) + BigInt(crc32(bytesOf(value), seed));
    });
  }
  return new Map(columns.map((name, at) => [name, String(sums[at])]));
}

interface Column {
  readonly name: string;
  readonly pk: number;
}

function stateOf(connection: Connection, table: string, storage: string, summed: boolean): TableState {
  const columns = connection
    .prepare<[string], Column>('select name, pk from pragma_table_info(?)')
    .all(table);
  const key = columns.flatMap(({ name, pk }) => (pk > 0 ? [name] : []));
  const rows =
    connection
      .prepare<[], number>(`select count(*) from ${quote(table)}`)
      .pluck()
      .get() ?? 0;
  return {
    rows,
    storage,
    columns: columns.map(({ name }) => name),
    sums: summed ? sumsOf(connection, table, key) : null,
  };
}

/** Every table but SQLite's own and the journal; sums over those that `summed` names. */
export function sqliteTableStates(connection: Connection, summed: (table: string) => boolean): TableStates {
  const tables = connection
    .prepare<[], { name: string; rootpage: number; sql: string }>(
      `select name, rootpage, sql from sqlite_master
        where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '__drizzle_migrations'`,
    )
    .all();
  return new Map(
    tables.map(({ name, rootpage, sql }) => {
      const virtual = /^create virtual/i.test(sql);
      return [name, stateOf(connection, name, String(rootpage), !virtual && summed(name))];
    }),
  );
}
