import type { Rehearsal, SchemaDifference, TableEffect } from '@vitrine/db';
import { driftInWords } from './drift-in-words.ts';

const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`;
const listed = (what: string, names: readonly string[]) =>
  names.length > 0 ? [`${what} ${names.join(', ')}`] : [];

function countInWords({ rowsBefore, rowsAfter }: TableEffect): string {
  if (rowsBefore === null) return `new, with ${rows(rowsAfter ?? 0)}`;
  if (rowsAfter === null) return `dropped, with its ${rows(rowsBefore)}`;
  if (rowsBefore === rowsAfter) return `keeps its ${rows(rowsBefore)}`;
  return `${rows(rowsBefore)} before, ${rows(rowsAfter)} after`;
}

function effectInWords(effect: TableEffect): string {
  return [
    countInWords(effect),
    ...(effect.rebuilt ? ['is written anew'] : []),
    ...listed('gets', effect.addedColumns),
    ...listed('loses', effect.droppedColumns),
    ...listed('holds other values in', effect.changedColumns),
  ].join('; ');
}

const verbs = { extra: 'new', missing: 'gone', changed: 'changed' } as const;

/** Whether a part belongs to a table: by its own name, or as an index or trigger on it. */
function isPartOf({ part, found }: SchemaDifference, table: string): boolean {
  const name = `"?${table}"?`;
  return new RegExp(`^\\S.* ${name}\\b`).test(part) || new RegExp(`\\bON ${name}(?!\\w)`).test(found ?? '');
}

/** Tables and columns are told of already, and a new table comes with all that belongs to it. */
function otherParts(schema: readonly SchemaDifference[], tables: readonly TableEffect[]): string[] {
  const made = tables.filter(({ rowsBefore }) => rowsBefore === null);
  return schema
    .filter(({ part }) => !/^(table|column) /.test(part))
    .filter((difference) => !made.some(({ table }) => isPartOf(difference, table)))
    .map(({ what, part }) => `  ${verbs[what]}: ${part}`);
}

/** What migrating would do, for people. */
export function rehearsalInWords({
  pending,
  steps,
  tables,
  schema,
  drift,
  refusal,
  tookMs,
}: Rehearsal): string {
  const took = (name: string) => {
    const step = steps.find((one) => one.name === name);
    return step ? `${name} (${step.tookMs.toFixed(0)} ms)` : name;
  };
  return [
    pending.length > 0
      ? `Would apply: ${pending.map(took).join(', ')}.`
      : 'Would apply nothing: the database is up to date.',
    ...(refusal === null ? [] : [`It would be refused: ${refusal}`]),
    ...tables.map((effect) => `  ${effect.table}: ${effectInWords(effect)}`),
    ...otherParts(schema, tables),
    ...(drift.length > 0 ? ['The schema is not what its migrations have made:'] : []),
    ...driftInWords(drift).map((line) => `  ${line}`),
    `Nothing was changed. Trying it took ${(tookMs / 1000).toFixed(1)} s.`,
  ].join('\n');
}
