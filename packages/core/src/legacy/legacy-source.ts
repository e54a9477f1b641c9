import type { Readable } from 'node:stream';
import type { LegacyTable } from '@vitrine/schema';

/** What a column held. Integers beyond what JavaScript holds exactly come as text; bytes are never among these. */
export type LegacyValue = string | number | null;

/** A row as it was, by the names of its columns. */
export interface LegacyRow {
  readonly table: LegacyTable;
  /**
   * What names it in its table for good, in whatever file: its id, or its place where it has none or shares it. Users were only numbered, so
   * that their name belongs to it.
   */
  readonly key: string;
  /** How other rows of the same file refer to it. */
  readonly id: string;
  readonly values: Readonly<Record<string, LegacyValue>>;
}

/** Where bytes of a row were found. */
export interface LegacyBytes {
  /** In words, such as `asset_blobs 42` or the file's name. */
  readonly place: string;
  /** Bytes. */
  readonly size: number;
  readonly open: () => Readable;
}

/** What a file on disk may be called. */
export interface FileNames {
  /** Names without their extension, the best first. */
  readonly stems: readonly string[];
  /** Paths that the old system remembered, wherever they began. */
  readonly paths: readonly string[];
  /** The extension that is preferred where several files have the name. */
  readonly extension: string | null;
}

export interface FoundFile {
  readonly bytes: LegacyBytes;
  /** Others that have the name too. */
  readonly others: readonly string[];
}

/**
 * The library of the system before Vitrine: its database and its folder of files. Both are only read. Nothing is trusted: any value may
 * be missing, of another type, or a lie.
 */
export interface LegacySource extends Disposable {
  /** The tables that are there, with their columns and how many rows they hold. */
  readonly tables: ReadonlyMap<LegacyTable, { readonly columns: readonly string[]; readonly rows: number }>;
  /** Tables of the file that mean nothing here. */
  readonly others: readonly { readonly name: string; readonly rows: number }[];
  /** Every row once, in the order in which they were made. */
  rows(table: LegacyTable): Iterable<LegacyRow>;
  /** The bytes in a row of `asset_blobs`, by its id, or in a row's own `blob_data`; null where there are none. */
  blob(id: string): LegacyBytes | null;
  inline(row: LegacyRow): LegacyBytes | null;
  /** A file of the folder; symbolic links are not followed, and nothing outside is found. */
  file(names: FileNames): FoundFile | null;
}
