/** One table at one moment, as far as a migration is judged by it. */
export interface TableState {
  readonly rows: number;
  /** Where its rows lie; another one when the table was written anew. */
  readonly storage: string;
  readonly columns: readonly string[];
  /**
   * One sum for each column over its values, each together with its row's key: equal where the same rows hold the same values.
   * Null for a table that no migration names.
   */
  readonly sums: ReadonlyMap<string, string> | null;
}

export type TableStates = ReadonlyMap<string, TableState>;

/** What migrations did to one table. */
export interface TableEffect {
  readonly table: string;
  /** Null: it was not there. */
  readonly rowsBefore: number | null;
  /** Null: it is no longer there. */
  readonly rowsAfter: number | null;
  readonly rebuilt: boolean;
  readonly addedColumns: readonly string[];
  readonly droppedColumns: readonly string[];
  /** Columns of which at least one row holds another value than before. */
  readonly changedColumns: readonly string[];
}

function effect(table: string, before: TableState | undefined, after: TableState | undefined): TableEffect {
  const were = before?.columns ?? [];
  const are = after?.columns ?? [];
  const both = before && after;
  return {
    table,
    rowsBefore: before?.rows ?? null,
    rowsAfter: after?.rows ?? null,
    rebuilt: both ? before.storage !== after.storage : false,
    addedColumns: both ? are.filter((column) => !were.includes(column)) : [],
    droppedColumns: both ? were.filter((column) => !are.includes(column)) : [],
    // Rows that came or went change every sum; they are told by their number.
    changedColumns:
      both && before.rows === after.rows
        ? were.filter(
            (column) => are.includes(column) && before.sums?.get(column) !== after.sums?.get(column),
          )
        : [],
  };
}

const isSeen = ({
  rowsBefore,
  rowsAfter,
  rebuilt,
  addedColumns,
  droppedColumns,
  changedColumns,
}: TableEffect) =>
  rebuilt || rowsBefore !== rowsAfter || [...addedColumns, ...droppedColumns, ...changedColumns].length > 0;

/** The tables that are not what they were, by name. */
export function tableEffects(before: TableStates, after: TableStates): TableEffect[] {
  const tables = [...new Set([...before.keys(), ...after.keys()])].sort();
  return tables.map((table) => effect(table, before.get(table), after.get(table))).filter(isSeen);
}
