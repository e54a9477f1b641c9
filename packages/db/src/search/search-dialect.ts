import type { SearchClause } from '@vitrine/core';
import type { SQL } from 'drizzle-orm';
import type { PortableDatabase } from '../portable-database.ts';

/** How a dialect searches: the tables of both take the same rows. */
export interface SearchDialect {
  /** The number of a new document; `at` is when its asset was uploaded. */
  newDocid(at: SQL): SQL;
  /** Keeps words for `openEnded`, where the dialect needs them. */
  keepWords(db: PortableDatabase, words: readonly string[]): Promise<void>;
  /** The clauses with words for beginnings of words, where there are few enough and the dialect is faster so. */
  openEnded(db: PortableDatabase, clauses: readonly SearchClause[]): Promise<readonly SearchClause[]>;
  /** The condition on `asset_search_fts` that all clauses hold. */
  matches(clauses: readonly SearchClause[]): SQL;
  /**
   * Does a few milliseconds' worth of what makes later searches faster; false when nothing is left to do. `begin` starts over,
   * also where the index is in fair order.
   */
  tidy(db: PortableDatabase, begin: boolean): Promise<boolean>;
  /** Uploaded at this moment or later, earlier: as far as the index itself can tell; null: not at all. */
  from(at: number): SQL | null;
  upTo(at: number): SQL | null;
  /** The order that costs nothing: newest first. */
  readonly newest: readonly SQL[];
  /** Whether `newest` also orders those of one millisecond by their ids. */
  readonly ordersTies: boolean;
}
