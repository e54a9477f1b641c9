import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateSqlite, rehearseSqlite, restoreSnapshot } from '../../src/index.ts';
import { unsoundness } from '../../src/migrate/sqlite-soundness.ts';
import { migrationsFolder, readMigrations } from '../../src/migration-files.ts';
import { migrationFolder } from '../support/migration-folder.ts';

const all = readMigrations(migrationsFolder('sqlite')).map(({ name }) => name);
const addColumn = { '9000_nickname': 'ALTER TABLE users ADD nickname text' };

describe('a SQLite file that is not sound', () => {
  let folder: string;
  let file: string;
  let next: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-self-check-'));
    file = path.join(folder, 'vitrine.sqlite');
    await migrateSqlite({ file });
    change(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
      insert into users (id, name, email, email_verified, role, created_at, updated_at)
        select 'u' || i, 'U', i || '@example.com', 1, 'member', 1, 1 from n`);
    next = migrationFolder(folder, 'sqlite', addColumn);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function change(sql: string): void {
    const connection = new Sqlite(file);
    connection.exec(sql);
    connection.close();
  }
  function one(sql: string, of = file): unknown {
    const connection = new Sqlite(of, { readonly: true });
    try {
      return connection.prepare(sql).pluck().get();
    } finally {
      connection.close();
    }
  }
  const beside = (part: string) => readdirSync(folder).filter((name) => name.includes(part));
  const users = (of?: string) => one('select count(*) from users', of);
  const applied = (of?: string) => one('select count(*) from __drizzle_migrations', of);

  /** Writes over pages behind the schema's, as a disk would. */
  function rot(from = 4096): void {
    change('pragma wal_checkpoint(truncate)');
    const descriptor = openSync(file, 'r+');
    const size = statSync(file).size;
    writeSync(descriptor, Buffer.alloc(size - from, 0xa5), 0, size - from, from);
    closeSync(descriptor);
  }

  it.each([
    ['after its migration, with rotten pages', () => rot()],
    ['after its migration, with a rotten header', () => rot(0)],
    ['after its migration, cut to nothing', () => writeFileSync(file, 'x')],
  ])('%s is what it was before again, and the other is set aside', async (_, onCommitted) => {
    await expect(migrateSqlite({ file, folder: next, onCommitted })).rejects.toThrow(/what it was before/);
    expect([users(), applied(), one('pragma integrity_check')]).toEqual([500, all.length, 'ok']);
    expect(beside('.set-aside-').length).toBeGreaterThan(0);
    expect(beside('.migrating')).toEqual([]);
    expect((await migrateSqlite({ file, folder: next })).applied).toEqual(['9000_nickname']);
    expect(users()).toBe(500);
  });

  it('before its migration is not migrated, and a dry run tells so', async () => {
    const connection = new Sqlite(file);
    connection.unsafeMode();
    connection.exec(`pragma writable_schema = on;
      update sqlite_master set sql = replace(sql, '\`image\` text', '\`image\` text NOT NULL') where name = 'users'`);
    connection.close();
    await expect(migrateSqlite({ file, folder: next })).rejects.toThrow(/not sound as it is.*users/);
    expect((await rehearseSqlite({ file, folder: next })).refusal).toMatch(/not sound as it is.*users/);
    expect([users(), applied(), beside('.before-')]).toEqual([500, all.length, []]);
  });

  it('is told by its pages and by its rows', () => {
    expect(unsoundness({ file, rows: new Map([['users', 500]]) })).toBe(null);
    change("delete from users where id = 'u7'");
    expect(String(unsoundness({ file, rows: new Map([['users', 500]]) }))).toMatch(/499 rows instead of 500/);
    rot();
    expect(String(unsoundness({ file }))).toMatch(/malformed|damaged/);
  });

  it('is found at the next start when the process ended before it looked', async () => {
    const killed = () => {
      rot();
      throw new Error('killed');
    };
    await expect(migrateSqlite({ file, folder: next, onCommitted: killed })).rejects.toThrow('killed');
    expect(beside('.migrating')).toHaveLength(1);
    await expect(migrateSqlite({ file, folder: next })).rejects.toThrow(/what it was before/);
    expect([users(), applied()]).toEqual([500, all.length]);
  });

  it('keeps what others wrote at once after the commit', async () => {
    const onCommitted = () => change("delete from users where id = 'u7'");
    await migrateSqlite({ file, folder: next, onCommitted });
    expect([users(), applied()]).toEqual([499, all.length + 1]);
  });

  it('leaves the three newest snapshots', async () => {
    const folders = [1, 2, 3, 4, 5].map((count) =>
      migrationFolder(
        folder,
        'sqlite',
        Object.fromEntries(
          Array.from({ length: count }, (_, at) => [`900${at}_more`, `ALTER TABLE users ADD c${at} text`]),
        ),
      ),
    );
    for (const one of folders) await migrateSqlite({ file, folder: one });
    expect(beside('.before-').map((name) => /900\d/.exec(name)?.[0])).toEqual(['9002', '9003', '9004']);
  });

  it('goes back by command, in a moment, with what was written since set aside', async () => {
    await migrateSqlite({ file, folder: next });
    change(`insert into users (id, name, email, email_verified, role, created_at, updated_at, nickname)
      values ('later', 'L', 'l@example.com', 1, 'member', 1, 1, 'l')`);
    const back = await restoreSnapshot({ file, folder: next });
    process.stdout.write(`going back took ${back.tookMs.toFixed(0)} ms for ${statSync(file).size} bytes\n`);
    expect(back.lacks).toEqual(['9000_nickname']);
    expect([users(), applied(), users(back.aside ?? '')]).toEqual([500, all.length, 501]);
    expect((await migrateSqlite({ file, folder: next })).applied).toEqual(['9000_nickname']);
  });

  it('goes back also where the file is gone, to one that only its owner may read', async () => {
    await migrateSqlite({ file, folder: next });
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    expect(await restoreSnapshot({ file })).toMatchObject({ aside: null });
    expect([users(), applied(), statSync(file).mode & 0o777]).toEqual([500, all.length, 0o600]);
  });

  it('goes back only while nobody has the database open, and to a snapshot that is whole', async () => {
    await migrateSqlite({ file, folder: next });
    const other = new Sqlite(file);
    other.prepare('select count(*) from users').get();
    await expect(restoreSnapshot({ file })).rejects.toThrow(/Stop every Vitrine/);
    other.close();
    const damaged = path.join(folder, beside('.before-')[0] ?? '');
    const bytes = readFileSync(damaged);
    writeFileSync(damaged, bytes.fill(0xa5, 4096));
    await expect(restoreSnapshot({ file })).rejects.toThrow(/cannot be used/);
    await expect(restoreSnapshot({ file, snapshot: `${file}.no` })).rejects.toThrow(/no snapshot/);
    expect([users(), applied()]).toEqual([500, all.length + 1]);
  });
});
