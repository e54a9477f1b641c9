import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { DialectName } from '../../src/checks.ts';
import type { SchemaDifference } from '../../src/index.ts';
import { migrationsFolder, readMigrations } from '../../src/migration-files.ts';
import { migrationFolderUpTo } from './migration-folder.ts';
import { bytesOf, hashOf, type Row, rowsOfEveryTable } from './rows-of-every-table.ts';

/** A database that is carried from version to version. */
export interface WalkDatabase extends AsyncDisposable {
  migrate(folder: string): Promise<unknown>;
  /** Every table but those of the search, which a server fills. */
  columns(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** One after the other, in one transaction. */
  insert(rows: readonly (readonly [table: string, row: Row])[]): Promise<void>;
  /** Each row as text, in any order. */
  rows(table: string, columns: readonly string[]): Promise<string[]>;
  drift(folder: string): Promise<readonly SchemaDifference[]>;
  dangling(): Promise<readonly unknown[]>;
}

const sets = [1, 2, 3];

/** The rows of every table that is there, with the columns that are there. */
async function fill(database: WalkDatabase): Promise<void> {
  const columns = await database.columns();
  const rows = sets.flatMap(rowsOfEveryTable).flatMap(([table, row]): (readonly [string, Row])[] => {
    const known = columns.get(table);
    if (!known) return [];
    return [[table, Object.fromEntries(Object.entries(row).filter(([name]) => known.includes(name)))]];
  });
  await database.insert(rows);
}

type Contents = Readonly<Record<string, readonly string[]>>;

async function contents(
  database: WalkDatabase,
  columns: ReadonlyMap<string, readonly string[]>,
): Promise<Contents> {
  const found: Record<string, readonly string[]> = {};
  for (const [table, names] of columns) found[table] = (await database.rows(table, names)).sort();
  return found;
}

/** Every released version of the schema, with a row in every table, to the newest one. */
export function describeWalk(name: string, dialect: DialectName, open: () => Promise<WalkDatabase>): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-walk-'));
  const all = readMigrations(migrationsFolder(dialect)).map((migration) => migration.name);
  const folders = all.map((last) => migrationFolderUpTo(folder, dialect, last));
  const newest = migrationsFolder(dialect);
  const blobs = path.join(folder, 'blobs');

  describe(`every version of the schema on ${name}`, () => {
    mkdirSync(blobs);
    for (const set of sets) writeFileSync(path.join(blobs, hashOf(set)), bytesOf(set));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    function assertBytes(hashes: readonly string[]): void {
      expect(hashes).toHaveLength(sets.length);
      for (const hash of hashes) {
        expect(
          createHash('sha256')
            .update(readFileSync(path.join(blobs, hash)))
            .digest('hex'),
        ).toBe(hash);
      }
    }
    async function filledAt(at: number): Promise<WalkDatabase> {
      const database = await open();
      await database.migrate(folders[at] ?? newest);
      await fill(database);
      return database;
    }

    it.each(all.map((last, at) => ({ last, at })))(
      'carries rows of every table over from $last, at once as step by step',
      async ({ at }) => {
        await using atOnce = await filledAt(at);
        const columns = await atOnce.columns();
        const before = await contents(atOnce, columns);
        expect(Object.keys(before).filter((table) => before[table]?.length === 0)).toEqual([]);

        await atOnce.migrate(newest);
        expect(await contents(atOnce, columns)).toEqual(before);
        expect([await atOnce.dangling(), await atOnce.drift(newest)]).toEqual([[], []]);
        assertBytes(
          (await atOnce.rows('blobs', ['sha256'])).map((row) => /[0-9a-f]{64}/.exec(row)?.[0] ?? ''),
        );

        await using stepwise = await filledAt(at);
        for (const step of folders.slice(at + 1)) await stepwise.migrate(step);
        const now = await atOnce.columns();
        expect(await stepwise.columns()).toEqual(now);
        expect(await contents(stepwise, now)).toEqual(await contents(atOnce, now));
      },
    );
  });
}
