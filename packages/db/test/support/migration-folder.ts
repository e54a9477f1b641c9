import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DialectName } from '../../src/checks.ts';
import { migrationsFolder } from '../../src/migration-files.ts';

interface Journal {
  entries: { idx: number; when: number; tag: string; breakpoints: boolean; version: string }[];
}

function copyOf(copy: string, dialect: DialectName, change: (journal: Journal) => void): string {
  cpSync(migrationsFolder(dialect), copy, { recursive: true });
  const journalFile = path.join(copy, 'meta/_journal.json');
  const journal: Journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  change(journal);
  writeFileSync(journalFile, JSON.stringify(journal));
  return copy;
}

/** A copy of the real migrations with more behind them: name → SQL. */
export function migrationFolder(
  folder: string,
  dialect: DialectName,
  more: Readonly<Record<string, string>> = {},
): string {
  const copy = path.join(folder, `migrations-${Object.keys(more).length}`);
  return copyOf(copy, dialect, (journal) => {
    for (const [tag, sql] of Object.entries(more)) {
      const when = Math.max(...journal.entries.map((entry) => entry.when)) + 1000;
      journal.entries.push({ idx: journal.entries.length, when, tag, breakpoints: true, version: '6' });
      writeFileSync(path.join(copy, `${tag}.sql`), sql);
    }
  });
}

/** A copy of the real migrations as they were when `last` was the newest. */
export function migrationFolderUpTo(folder: string, dialect: DialectName, last: string): string {
  return copyOf(path.join(folder, `migrations-up-to-${last}`), dialect, (journal) => {
    journal.entries.splice(journal.entries.findIndex(({ tag }) => tag === last) + 1);
  });
}
