import { existsSync, statSync } from 'node:fs';
import { AppError, type LegacyRow, type LegacySource } from '@vitrine/core';
import Sqlite from 'better-sqlite3';
import { createBytesReader } from './legacy-bytes.ts';
import { createFileFinder } from './legacy-files.ts';
import { readLegacyRows } from './legacy-rows.ts';
import { findLegacyTables } from './legacy-tables.ts';
import { readableCopy } from './private-copy.ts';

export interface OpenLegacyOptions {
  /** The old system's SQLite file. It is never written, nor anything beside it. */
  readonly file: string;
  /** Its folder of files; null: there is none. */
  readonly files: string | null;
  /** Where a copy goes, where the database cannot be read without one. */
  readonly workFolder: string;
}

const refused = (detail: string, cause?: unknown) => new AppError('invalid_input', detail, { cause });

function connect(file: string, isCopy: boolean): Sqlite.Database {
  try {
    const connection = new Sqlite(file, { readonly: !isCopy, fileMustExist: true });
    connection.pragma('trusted_schema = OFF');
    // One moment of it, should the old system still be at work.
    connection.exec('begin');
    connection.prepare('select count(*) from sqlite_master').get();
    return connection;
  } catch (error) {
    throw refused(`${file} is no SQLite database that can be read.`, error);
  }
}

/** Opens the library of the old system. Fails with `invalid_input` when a path is wrong or the database is another system's. */
export function openLegacyLibrary({ file, files, workFolder }: OpenLegacyOptions): LegacySource {
  if (!existsSync(file) || !statSync(file).isFile()) throw refused(`There is no file ${file}.`);
  if (files !== null && !(existsSync(files) && statSync(files).isDirectory())) {
    throw refused(`There is no folder ${files}.`);
  }
  using opened = new DisposableStack();
  const copy = opened.use(readableCopy(file, workFolder));
  const connection = opened.adopt(connect(copy.file, copy.isCopy), (one) => one.close());
  const { known, others } = findLegacyTables(connection);
  const found = new Map(known.map((one) => [one.table, one]));
  if (others.some(({ name }) => name === '__drizzle_migrations')) {
    throw refused(
      `${file} is a library of Vitrine. Open it with VITRINE_DATABASE_URL, or restore a backup of it.`,
    );
  }
  if (known.every(({ table }) => table === 'users')) {
    throw refused(`${file} has none of the old system's tables (clients, campaigns, assets, …).`);
  }
  const assets = found.get('assets');
  const blobs = found.get('asset_blobs');
  const inline = assets ? createBytesReader(connection, assets, 'blob_data') : () => null;
  const blob = blobs ? createBytesReader(connection, blobs, 'data') : () => null;
  const placeOf = new WeakMap<LegacyRow, bigint>();
  const blobPlaces = new Map<string, bigint>();
  if (blobs) for (const { row, place } of readLegacyRows(connection, blobs)) blobPlaces.set(row.id, place);
  const find = files === null ? () => null : createFileFinder(files);
  const parts = opened.move();
  return {
    tables: new Map([...found].map(([table, { columns, rows }]) => [table, { columns, rows }])),
    others,
    *rows(table) {
      const one = found.get(table);
      if (!one) return;
      for (const { row, place } of readLegacyRows(connection, one)) {
        placeOf.set(row, place);
        yield row;
      }
    },
    blob(id) {
      const place = blobPlaces.get(id);
      return place === undefined ? null : blob(place, `asset_blobs ${id}`);
    },
    inline(row) {
      const place = row.table === 'assets' ? placeOf.get(row) : undefined;
      return place === undefined ? null : inline(place, `blob_data of ${row.key}`);
    },
    file: find,
    [Symbol.dispose]: () => parts.dispose(),
  };
}
