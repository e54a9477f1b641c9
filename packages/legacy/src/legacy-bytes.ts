import { Readable } from 'node:stream';
import type { LegacyBytes } from '@vitrine/core';
import type { Database as Connection } from 'better-sqlite3';
import { type FoundTable, quoted } from './legacy-tables.ts';

/** How much of a value is handed on at once. */
const pieceBytes = 1024 * 1024;

/** Reads bytes in a column of one row, which its place names. Text in such a column counts as its UTF-8. */
export function createBytesReader(
  connection: Connection,
  { name, columns }: FoundTable,
  bytesColumn: string,
): (row: bigint, place: string) => LegacyBytes | null {
  const column = columns.find((one) => one.toLowerCase() === bytesColumn);
  if (!column) return () => null;
  const where = `from ${quoted(name)} where rowid = ? and ${quoted(column)} is not null`;
  const bytes = `cast(${quoted(column)} as blob)`;
  const sizeOf = connection.prepare<[bigint], number>(`select length(${bytes}) ${where}`).pluck();
  const piece = connection
    .prepare<[number, number, bigint], Buffer>(`select substr(${bytes}, ?, ?) ${where}`)
    .pluck();

  function* pieces(row: bigint, size: number): Iterable<Buffer> {
    for (let start = 0; start < size; start += pieceBytes) {
      const next = piece.get(start + 1, pieceBytes, row);
      if (!next || next.byteLength === 0)
        throw new Error(`The bytes of row ${row} in ${name} end too early.`);
      yield next;
    }
  }

  return (row, place) => {
    const size = sizeOf.get(row);
    return size === undefined ? null : { place, size, open: () => Readable.from(pieces(row, size)) };
  };
}
