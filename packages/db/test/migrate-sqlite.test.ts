import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateSqlite, openSqliteDatabase } from '../src/index.ts';
import { migrationsFolder, readMigrations } from '../src/migration-files.ts';
import { addTestUser } from '../src/testing.ts';
import { migrationFolder, migrationFolderUpTo } from './support/migration-folder.ts';

const run = promisify(execFile);
const all = readMigrations(migrationsFolder('sqlite')).map(({ name }) => name);

/** A rebuild as drizzle-kit writes it: the old table is dropped while children point at it. */
const rebuildUsers = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE __new_users (id text PRIMARY KEY NOT NULL, name text NOT NULL, email text NOT NULL, email_verified integer NOT NULL,
  image text, role text NOT NULL, created_at integer NOT NULL, updated_at integer NOT NULL, nickname text);--> statement-breakpoint
INSERT INTO __new_users (id, name, email, email_verified, image, role, created_at, updated_at)
  SELECT id, name, email, email_verified, image, role, created_at, updated_at FROM users;--> statement-breakpoint
DROP TABLE users;--> statement-breakpoint
ALTER TABLE __new_users RENAME TO users;--> statement-breakpoint
PRAGMA foreign_keys=ON;`;

describe('migrateSqlite', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-migrate-'));
    file = path.join(folder, 'deep/vitrine.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A file with a user and a session that hangs on it by ON DELETE CASCADE. */
  async function migratedWithData(): Promise<void> {
    await migrateSqlite({ file });
    const database = await openSqliteDatabase({ file });
    const id = await addTestUser(database);
    await database.close();
    const connection = new Sqlite(file);
    connection
      .prepare(
        'insert into sessions (id, token, user_id, expires_at, created_at, updated_at) values (?, ?, ?, 1, 1, 1)',
      )
      .run('s', 't', id);
    connection.close();
  }
  function count(table: string, of = file): unknown {
    const connection = new Sqlite(of, { readonly: true });
    try {
      return connection.prepare(`select count(*) from ${table}`).pluck().get();
    } finally {
      connection.close();
    }
  }
  function rowsOf(sql: string): unknown[] {
    const connection = new Sqlite(file, { readonly: true });
    try {
      return connection.prepare(sql).all();
    } finally {
      connection.close();
    }
  }
  const snapshots = () => readdirSync(path.dirname(file)).filter((name) => name.includes('.before-'));

  it('makes a new file, and finds nothing to do the second time', async () => {
    expect(await migrateSqlite({ file })).toEqual({ applied: all });
    expect(await migrateSqlite({ file })).toEqual({ applied: [] });
    expect(snapshots()).toEqual([]);
  });

  it('applies each migration once when three processes start at the same moment', async () => {
    const script = path.join(import.meta.dirname, 'support/migrate-once.ts');
    const next = migrationFolder(folder, 'sqlite', { '9000_next': 'CREATE TABLE extra (id text)' });
    const starts = await Promise.all(
      [1, 2, 3].map(() =>
        run(process.execPath, ['--conditions=@vitrine/source', script, 'sqlite', file, next]),
      ),
    );
    const applied = starts.map(({ stdout }) => JSON.parse(stdout));
    expect(applied.flat().sort()).toEqual([...all, '9000_next']);
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(count('__drizzle_migrations')).toBe(all.length + 1);
  });

  it('keeps the children of a table that it rebuilds, and a copy of the file from before', async () => {
    await migratedWithData();
    const next = migrationFolder(folder, 'sqlite', { '9000_rebuild': rebuildUsers });
    expect(await migrateSqlite({ file, folder: next })).toEqual({ applied: ['9000_rebuild'] });
    expect([count('users'), count('sessions')]).toEqual([1, 1]);
    const [copy = ''] = snapshots();
    expect(copy).toMatch(/^vitrine\.sqlite\.before-9000_rebuild-\d+$/);
    const copied = path.join(path.dirname(file), copy);
    expect([count('users', copied), count('__drizzle_migrations', copied)]).toEqual([1, all.length]);
    expect(statSync(copied).mode & 0o777).toBe(0o600);
  });

  it('carries versions and their assets over into the schema that knows of renditions', async () => {
    const before = migrationFolderUpTo(folder, 'sqlite', '0001_audit-append-only');
    await migrateSqlite({ file, folder: before });
    const connection = new Sqlite(file);
    connection.exec(`
      insert into users values ('u', 'U', 'u@example.com', 1, null, 'owner', 1, 1);
      insert into clients (id, user_id, name, description, search_text, created_at, updated_at, row_version)
        values ('c', 'u', 'C', '', 'c', 1, 1, 1);
      insert into blobs values ('${'ab'.repeat(32)}', 10, 'disk', 1, null);
      insert into asset_versions (asset_id, number, type, format, mime_type, size, sha256, width, height, duration_ms,
        created_by, created_at, ai_use)
        values ('a', 1, 'video', 'mp4', 'video/mp4', 10, '${'ab'.repeat(32)}', 4, 3, 1500, 'u', 1, 'refused');
      insert into assets values ('a', null, 'c', 'u', 1, 'video', 'A', 'a', 1, 1, 1, null);
      insert into asset_roles values ('a', 'video', 'subject');`);
    connection.close();
    expect((await migrateSqlite({ file })).applied).toEqual(all.slice(2));
    const [row] = rowsOf('select duration_ms, poster_ms, ai_use from asset_versions');
    expect(row).toEqual({ duration_ms: 1500, poster_ms: null, ai_use: 'refused' });
    expect([count('assets'), count('asset_roles'), count('renditions')]).toEqual([1, 1, 0]);
    expect(rowsOf('pragma foreign_key_check')).toEqual([]);
  });

  it('changes nothing when a migration would lose rows, unless its file says so', async () => {
    await migratedWithData();
    const losing = migrationFolder(folder, 'sqlite', { '9000_lose': 'DELETE FROM sessions' });
    await expect(migrateSqlite({ file, folder: losing })).rejects.toThrow(/leave 0 of 1 rows in 'sessions'/);
    expect([count('sessions'), count('__drizzle_migrations')]).toEqual([1, all.length]);

    const meant = migrationFolder(`${folder}/meant`, 'sqlite', {
      '9000_lose': '-- rows may change: sessions\nDELETE FROM sessions',
    });
    expect((await migrateSqlite({ file, folder: meant })).applied).toEqual(['9000_lose']);
    expect(count('sessions')).toBe(0);
  });

  it('changes nothing when a row would point at nothing', async () => {
    await migratedWithData();
    const dangling = migrationFolder(folder, 'sqlite', {
      '9000_dangle': "UPDATE users SET id = 'somebody else'",
    });
    await expect(migrateSqlite({ file, folder: dangling })).rejects.toThrow(/point at nothing/);
    expect(count('users')).toBe(1);
    expect(count('__drizzle_migrations')).toBe(all.length);
  });

  it('changes nothing when a statement fails half-way, and names the migration', async () => {
    await migrateSqlite({ file });
    const broken = migrationFolder(folder, 'sqlite', {
      '9000_fine': 'CREATE TABLE extra (id text)',
      '9001_broken': 'CREATE TABLE other (id text);--> statement-breakpoint\nNONSENSE',
    });
    await expect(migrateSqlite({ file, folder: broken })).rejects.toThrow(/9001_broken failed/);
    expect(() => count('extra')).toThrow(/no such table/);
  });

  it('leaves no copy behind when a migration fails, however often it is tried', async () => {
    await migratedWithData();
    const broken = migrationFolder(folder, 'sqlite', { '9001_broken': 'NONSENSE' });
    for (const _ of [1, 2]) {
      await expect(migrateSqlite({ file, folder: broken })).rejects.toThrow('9001_broken');
    }
    expect(snapshots()).toEqual([]);
  });

  it('keeps the file, its companions and its copies from other users of the machine, also those from before', async () => {
    const mode = (name: string) => (statSync(path.join(path.dirname(file), name)).mode & 0o777).toString(8);
    await migratedWithData();
    chmodSync(file, 0o644);
    await migrateSqlite({ file });
    const database = await openSqliteDatabase({ file });
    await addTestUser(database);
    const names = readdirSync(path.dirname(file));
    expect(names).toContain('vitrine.sqlite-wal');
    expect(names.map((name) => [name, mode(name)])).toEqual(names.map((name) => [name, '600']));
    await database.close();
  });

  it('refuses a database that a newer version made, and one whose migration was edited', async () => {
    const next = migrationFolder(folder, 'sqlite', { '9000_next': 'CREATE TABLE extra (id text)' });
    await migrateSqlite({ file, folder: next });
    await expect(migrateSqlite({ file })).rejects.toThrow(/does not know/);
    await appendFile(path.join(next, '9000_next.sql'), '\n-- edited');
    await expect(migrateSqlite({ file, folder: next })).rejects.toThrow(/9000_next was edited/);
  });

  it('lets the check of an open database tell a missing and a newer schema from the right one', async () => {
    await migrateSqlite({ file });
    const next = migrationFolder(folder, 'sqlite', { '9000_next': 'CREATE TABLE extra (id text)' });
    const ahead = await openSqliteDatabase({ file, folder: next });
    await expect(ahead.check()).rejects.toThrow(/lacks the migrations 9000_next/);
    await migrateSqlite({ file, folder: next });
    await expect(ahead.check()).resolves.toBeUndefined();
    await ahead.close();
    const behind = await openSqliteDatabase({ file });
    await expect(behind.check()).rejects.toThrow(/newer version/);
    await behind.close();
  });
});
