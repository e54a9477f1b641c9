import type { LegacyRow, LegacyValue } from '@vitrine/core';
import type { Database as Connection } from 'better-sqlite3';
import { type FoundTable, quoted } from './legacy-tables.ts';

const page = 500;
/** Columns that hold bytes: read when they are needed, one at a time. */
const bytesColumns = new Set(['data', 'blob_data']);

function legacyValue(value: unknown): LegacyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  // JSON has no infinity, and a row has to be written down.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}

const idOf = (values: Readonly<Record<string, LegacyValue>>) =>
  String(values['id'] ?? values['asset_id'] ?? '').trim();

/** Every row once with its place in the file, without its bytes. */
export function* readLegacyRows(
  connection: Connection,
  { table, name, columns }: FoundTable,
): Iterable<{ readonly row: LegacyRow; readonly place: bigint }> {
  const wanted = columns
    .filter((column) => !bytesColumns.has(column.toLowerCase()))
    .map((column) => `${quoted(column)} as ${quoted(column.toLowerCase())}`);
  const read = connection
    .prepare<[bigint, number], Record<string, unknown>>(
      `select ${[...wanted, 'rowid as ":place"'].join(', ')} from ${quoted(name)} where rowid > ? order by rowid limit ?`,
    )
    .safeIntegers();
  const seen = new Set<string>();
  for (let after = -(2n ** 63n); ; ) {
    const rows = read.all(after, page);
    for (const { ':place': place, ...row } of rows) {
      if (typeof place !== 'bigint') throw new Error(`A row of ${name} has no place.`);
      after = place;
      const values = Object.fromEntries(
        Object.entries(row).map(([column, value]) => [column, legacyValue(value)]),
      );
      const id = idOf(values);
      // Without a key of the table an id may be missing, or come twice; its place in the file names it then.
      const named = id === '' ? `row ${place}` : seen.has(id) ? `${id} (row ${place})` : id;
      seen.add(id);
      const who = table === 'users' ? (values['username'] ?? values['email']) : null;
      const key = who === null || who === undefined ? named : `${named} ${who}`;
      yield { row: { table, key, id: id || named, values }, place };
    }
    if (rows.length < page) return;
  }
}
