import type { ClientId } from '@vitrine/schema';
import type { SQL } from 'drizzle-orm';
import type { PortableDatabase } from './portable-database.ts';
import type { SearchDialect } from './search/search-dialect.ts';

export type ConstraintKind = 'unique' | 'foreign_key' | 'check' | 'not_null' | 'trigger';

/** Why the database could not do what it was asked, apart from constraints. */
type Trouble = 'full' | 'busy';

/** No role has it in its name, and a CHECK keeps it out of tags. */
export const unitSeparator = '\u001f';

/** The few true differences between the dialects; repositories know nothing else of them. */
export interface Dialect {
  /** `json_array(a, b, …)` as text. */
  jsonArray(values: readonly SQL[]): SQL<string>;
  /** The texts of a one-column subquery in one, with `unitSeparator` between them, in no order; NULL when there are none. */
  joined(value: SQL, from: SQL): SQL<string | null>;
  /** Text in the order of its code points, whatever the server's locale. */
  byCodePoint(text: SQL): SQL;
  /** Holds a row against changes and new references until the transaction ends. */
  lockRow(db: PortableDatabase, row: { table: SQL; where: SQL }): Promise<void>;
  /** Behind a select of rows to take: locks them, and passes over those that another transaction holds. */
  readonly skipLocked: SQL;
  /**
   * Lets one transaction at a time append to the audit log and the change log, until it ends. One lock for both: nearly
   * every writer of the one writes the other, and two could be taken in opposite orders.
   */
  lockLogs(db: PortableDatabase): Promise<void>;
  /** Lets one transaction at a time change the lineage of a client's versions, until it ends. */
  lockLineage(db: PortableDatabase, clientId: ClientId): Promise<void>;
  /** A subquery with one column, `example`: a sentence for everything that the database itself finds wrong. Reads all of it. */
  readonly integrity: SQL;
  readonly search: SearchDialect;
  /** Which constraint an error reports, or null for any other error. */
  constraintOf(error: unknown): ConstraintKind | null;
  troubleOf(error: unknown): Trouble | null;
}

/** Drizzle wraps the driver's error on some paths; the code sits on the innermost one. */
export function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') codes.push(current.code);
  }
  return codes;
}
