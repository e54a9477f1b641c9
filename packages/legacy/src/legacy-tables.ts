import { AppError } from '@vitrine/core';
import { type LegacyTable, legacyTableSchema } from '@vitrine/schema';
import type { Database as Connection } from 'better-sqlite3';

/** A table of the old system as it stands in this file. */
export interface FoundTable {
  readonly table: LegacyTable;
  /** As the file spells it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** The columns without which a table of that name is somebody else's. */
const needed: Readonly<Record<LegacyTable, readonly string[]>> = {
  users: ['id'],
  clients: ['id', 'name'],
  campaigns: ['id', 'name'],
  assets: ['id', 'name'],
  asset_blobs: ['id', 'data'],
  uploaded_assets: ['asset_id', 'file_path'],
  client_assets: ['id', 'client_id'],
  campaign_assets: ['id', 'campaign_id'],
};

/** An SQL name, whatever it contains. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export interface FoundTables {
  readonly known: readonly FoundTable[];
  /** Tables that mean nothing here, with how many rows they hold. */
  readonly others: readonly { readonly name: string; readonly rows: number }[];
}

/**
 * Finds the tables by their names and columns: no version was ever written into the file. Fails with `invalid_input` when a table has the
 * name and not the columns: what cannot be read must not be passed over.
 */
export function findLegacyTables(connection: Connection): FoundTables {
  const names = connection
    .prepare<[], string>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
    )
    .pluck()
    .all();
  const known: FoundTable[] = [];
  const others: { name: string; rows: number }[] = [];
  for (const name of names) {
    const rows =
      connection
        .prepare<[], number>(`select count(*) from ${quoted(name)}`)
        .pluck()
        .get() ?? 0;
    const table = legacyTableSchema.safeParse(name.toLowerCase());
    if (!table.success) {
      others.push({ name, rows });
      continue;
    }
    const columns = connection
      .prepare<[string], string>('select name from pragma_table_info(?)')
      .pluck()
      .all(name);
    const missing = needed[table.data].filter(
      (one) => !columns.some((column) => column.toLowerCase() === one),
    );
    if (missing.length > 0) {
      throw new AppError(
        'invalid_input',
        `The table '${name}' has no column '${missing[0]}': this is no database of the system that came before, or a generation of it that is not known.`,
      );
    }
    known.push({ table: table.data, name, columns, rows });
  }
  return { known, others };
}
