import type { Migration } from '../migration-files.ts';

/** Whether any statement names a table. One that none names can neither be rebuilt nor written to. */
export function namesTable(migrations: readonly Migration[], table: string): boolean {
  const name = new RegExp(`(?<![\\w$])${table.replaceAll(/[^\w]/g, '\\$&')}(?![\\w$])`);
  return migrations.some(({ statements }) => statements.some((statement) => name.test(statement)));
}
