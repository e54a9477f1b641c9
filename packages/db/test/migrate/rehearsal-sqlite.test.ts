import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateSqlite, rehearseSqlite } from '../../src/index.ts';
import { migrationsFolder, readMigrations } from '../../src/migration-files.ts';
import { migrationFolder, migrationFolderUpTo } from '../support/migration-folder.ts';
import { describeRehearsal, type MigratedTarget } from '../support/rehearsal-suite.ts';

async function open(): Promise<MigratedTarget> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-rehearsal-'));
  const file = path.join(directory, 'vitrine.sqlite');
  return {
    dialect: 'sqlite',
    async run(sql) {
      const connection = new Sqlite(file);
      connection.exec(sql);
      connection.close();
    },
    rehearse: (folder) => rehearseSqlite({ file, ...(folder && { folder }) }),
    migrate: (folder) => migrateSqlite({ file, ...(folder && { folder }) }),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

describeRehearsal('SQLite', open);

describe('a rehearsal of a SQLite file', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'vitrine-rehearsal-'));
    file = path.join(directory, 'vitrine.sqlite');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('of what is not there yet makes no file', async () => {
    const { pending, drift, refusal } = await rehearseSqlite({ file });
    expect(pending).toEqual(readMigrations(migrationsFolder('sqlite')).map(({ name }) => name));
    expect([drift, refusal, existsSync(file)]).toEqual([[], null, false]);
  });

  it('tells which tables are written anew, and leaves the file as it is and nothing beside it', async () => {
    await migrateSqlite({ file, folder: migrationFolderUpTo(directory, 'sqlite', '0002_renditions') });
    const bytes = readFileSync(file);
    const { tables } = await rehearseSqlite({ file });
    const rebuilt = tables.flatMap(({ table, rebuilt: anew }) => (anew ? [table] : []));
    expect(rebuilt).toEqual(['assets', 'blobs']);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(readdirSync(directory).filter((name) => name.includes('rehearsal'))).toEqual([]);
  });

  it('refuses, as migrating does, to drop a column that somebody added by hand', async () => {
    await migrateSqlite({ file, folder: migrationFolderUpTo(directory, 'sqlite', '0002_renditions') });
    const connection = new Sqlite(file);
    connection.exec(
      "alter table blobs add note text; insert into blobs (sha256, size, store, created_at, note) values ('" +
        'ab'.repeat(32) +
        "', 1, 'disk', 1, 'mine')",
    );
    connection.close();
    const { refusal, drift } = await rehearseSqlite({ file });
    expect(drift.map(({ what, part }) => `${what} ${part}`)).toEqual(['extra column blobs.note']);
    expect(refusal).toMatch(/would drop 'blobs.note', which no migration has made/);
    await expect(migrateSqlite({ file })).rejects.toThrow(/would drop 'blobs.note'/);
    const after = migrationFolder(directory, 'sqlite');
    await expect(migrateSqlite({ file, folder: after })).rejects.toThrow(/would drop 'blobs.note'/);
  });
});
