import type { LegacyNote, LegacyOutcome, LegacyTable } from '@vitrine/schema';
import type { LegacySettled } from './legacy-repository.ts';
import type { LegacySource } from './legacy-source.ts';

export interface LegacyReportRow extends LegacySettled {
  readonly table: LegacyTable;
  readonly key: string;
  /** Whether this run did it; false for what an earlier one had done. */
  readonly now: boolean;
}

/** What an import did, or would do: every row of the old database once. */
export interface LegacyReport {
  readonly dryRun: boolean;
  readonly tables: readonly {
    readonly table: LegacyTable;
    readonly columns: readonly string[];
    readonly rows: number;
    readonly outcomes: Readonly<Record<LegacyOutcome, number>>;
  }[];
  /** Tables of the old database that mean nothing here; none of their rows was taken over. */
  readonly otherTables: readonly { readonly name: string; readonly rows: number }[];
  /** How often each thing is said. */
  readonly notes: Readonly<Partial<Record<LegacyNote['code'], number>>>;
  /** How many rows this run settled. */
  readonly settled: number;
  /** What waits for a person; all 0: nothing. */
  readonly needsPerson: {
    /** Assets and campaigns that belong to no client. */
    readonly unassigned: number;
    /** Files that are no asset. */
    readonly quarantined: number;
    readonly missingBytes: number;
    /** Rows that are not any more what was imported. */
    readonly changedSince: number;
  };
  readonly rows: readonly LegacyReportRow[];
}

const none = { imported: 0, merged: 0, quarantined: 0, missing_bytes: 0 } satisfies Record<
  LegacyOutcome,
  number
>;

interface ReportParts {
  readonly dryRun: boolean;
  readonly source: Pick<LegacySource, 'tables' | 'others'>;
  readonly rows: readonly LegacyReportRow[];
  readonly unassigned: number;
}

export function legacyReport({
  dryRun,
  source: { tables, others },
  rows,
  unassigned,
}: ReportParts): LegacyReport {
  const outcomes = new Map([...tables.keys()].map((table) => [table, { ...none }]));
  const notes: Partial<Record<LegacyNote['code'], number>> = {};
  for (const row of rows) {
    const counts = outcomes.get(row.table);
    if (counts) counts[row.outcome] += 1;
    for (const { code } of row.notes) notes[code] = (notes[code] ?? 0) + 1;
  }
  return {
    dryRun,
    tables: [...tables].map(([table, { columns, rows: count }]) => ({
      table,
      columns,
      rows: count,
      outcomes: outcomes.get(table) ?? none,
    })),
    otherTables: others,
    notes,
    settled: rows.filter(({ now }) => now).length,
    needsPerson: {
      unassigned,
      quarantined: rows.filter(({ outcome }) => outcome === 'quarantined').length,
      missingBytes: rows.filter(({ outcome }) => outcome === 'missing_bytes').length,
      changedSince: notes.changed_since ?? 0,
    },
    rows,
  };
}
