import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateSqlite, sqliteDrift } from '../../src/index.ts';
import { migrationFolderUpTo } from '../support/migration-folder.ts';

describe('the drift of a SQLite schema', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-drift-'));
    file = path.join(folder, 'vitrine.sqlite');
    await migrateSqlite({ file });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** What was found after a change behind the program's back. */
  function after(sql: string): string[] {
    const connection = new Sqlite(file);
    connection.unsafeMode();
    connection.exec(sql);
    connection.close();
    return sqliteDrift({ file }).map(({ what, part }) => `${what} ${part}`);
  }

  it('is none after migrating, also to an earlier version, with data and statistics', async () => {
    expect(after('analyze')).toEqual([]);
    const before = migrationFolderUpTo(folder, 'sqlite', '0003_library');
    const earlier = path.join(folder, 'earlier.sqlite');
    await migrateSqlite({ file: earlier, folder: before });
    expect(sqliteDrift({ file: earlier })).toEqual([]);
  });

  it.each([
    ['CREATE TABLE notes (id text)', ['extra column notes.id', 'extra table notes']],
    ['ALTER TABLE users ADD shoe_size integer', ['extra column users.shoe_size']],
    ['DROP INDEX users_email', ['missing index users_email']],
    ['CREATE INDEX mine ON users (name)', ['extra index mine']],
    ['DROP INDEX users_email; CREATE INDEX users_email ON users (email)', ['changed index users_email']],
    ['CREATE TRIGGER mine AFTER DELETE ON tags BEGIN SELECT 1; END', ['extra trigger mine']],
    [
      `PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = replace(sql, '''owner'', ', '') WHERE name = 'users'`,
      ['changed checks of users'],
    ],
    [
      `PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = replace(sql, 'ON DELETE restrict', 'ON DELETE cascade') WHERE name = 'tags'`,
      ['changed foreign key tags(client_id)'],
    ],
    [
      `PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = replace(sql, '\`name\` text NOT NULL', '\`name\` text') WHERE name = 'users'`,
      ['changed column users.name'],
    ],
  ])('names what %s does', (sql, found) => {
    expect(after(sql)).toEqual(found);
  });

  it('names each trigger that keeps the audit log', () => {
    const connection = new Sqlite(file);
    const triggers = connection
      .prepare<[], string>("select name from sqlite_master where type = 'trigger' order by name")
      .pluck()
      .all();
    connection.close();
    expect(triggers.length).toBeGreaterThan(1);
    expect(after(triggers.map((name) => `DROP TRIGGER ${name};`).join(''))).toEqual(
      triggers.map((name) => `missing trigger ${name}`),
    );
  });
});
