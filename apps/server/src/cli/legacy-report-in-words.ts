import type { LegacyReport } from '@vitrine/core';
import { type LegacyOutcome, legacyOutcomes } from '@vitrine/schema';

/** How many rows a summary names of each kind; the whole report names all. */
const few = 3;

const outcomeWords: Readonly<Record<LegacyOutcome, string>> = {
  imported: 'imported',
  merged: 'there already',
  quarantined: 'in quarantine',
  missing_bytes: 'without bytes',
};

/** Whether anything waits for somebody to decide. */
export function needsPerson({ needsPerson: waits }: LegacyReport): boolean {
  return Object.values(waits).some((count) => count > 0);
}

function waiting({ needsPerson: waits, dryRun }: LegacyReport): string[] {
  const lines = [
    [waits.unassigned, `belong to no client; give them to one in the dashboard, at the client 'Unassigned'`],
    [waits.quarantined, 'files are no asset that can be shown; they are kept as they are, in quarantine'],
    [waits.missingBytes, 'rows have no bytes; find the files, put them into the folder and import again'],
    [waits.changedSince, 'rows were changed in the old system after they had been imported'],
  ] as const;
  const told = lines.filter(([count]) => count > 0).map(([count, words]) => `  ${count} ${words}.`);
  if (told.length === 0) return [dryRun ? 'Nothing would wait for you.' : 'Nothing waits for you.'];
  return [dryRun ? 'Would wait for you:' : 'Waits for you:', ...told];
}

/** An import told to a person: each table with what became of its rows, and what is to be known of them. */
export function legacyReportInWords(report: LegacyReport, { all }: { readonly all: boolean }): string {
  const { dryRun, tables, otherTables, rows, settled } = report;
  const head = dryRun
    ? `${settled} rows would be taken over. Nothing was changed.`
    : `${settled} rows were taken over now.`;
  const counts = tables.map(({ table, rows: count, outcomes }) => {
    const parts = legacyOutcomes
      .filter((outcome) => outcomes[outcome] > 0)
      .map((outcome) => `${outcomes[outcome]} ${outcomeWords[outcome]}`);
    return `  ${table}: ${count} rows; ${parts.join(', ') || 'none'}`;
  });
  const unknown = otherTables
    .filter((other) => other.rows > 0)
    .map(
      ({ name, rows: count }) => `  ${name}: ${count} rows of a table that means nothing here, left alone`,
    );
  const byCode = new Map<string, string[]>();
  for (const { table, key, notes } of rows) {
    for (const { code, field, text } of notes) {
      const about = code === 'corrected' || code === 'not_understood' ? `${code}: ${field}` : code;
      const lines = byCode.get(about) ?? [];
      lines.push(`  ${table} ${key}: ${text}`);
      byCode.set(about, lines);
    }
  }
  const notes = [...byCode].flatMap(([code, lines]) => {
    const shown = all ? lines : lines.slice(0, few);
    const rest = lines.length - shown.length;
    return [
      '',
      `${code.replaceAll('_', ' ')} (${lines.length}):`,
      ...shown,
      ...(rest > 0 ? [`  … and ${rest} more`] : []),
    ];
  });
  return [head, ...counts, ...unknown, ...notes, '', ...waiting(report)].join('\n');
}
