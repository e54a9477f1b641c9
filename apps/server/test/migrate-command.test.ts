import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { migrateSqlite } from '@vitrine/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const migrations = fileURLToPath(new URL('../../../drizzle/sqlite', import.meta.url));

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
interface Journal {
  entries: { tag: string }[];
}

describe('migrating on the command line', () => {
  let dataDir: string;
  let file: string;

  const run = (...args: string[]): Promise<Finished> =>
    new Promise((resolve) => {
      const env = { ...process.env, VITRINE_DATA_DIR: dataDir, VITRINE_PORT: '0', VITRINE_LOG: 'warn' };
      execFile(
        process.execPath,
        ['--conditions=@vitrine/source', cli, ...args],
        { env },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  function sql(text: string): void {
    using rows = new DatabaseSync(file);
    rows.exec(text);
  }
  /** The migrations as they were when this one was the newest. */
  function upTo(last: string): string {
    const folder = path.join(dataDir, 'earlier');
    cpSync(migrations, folder, { recursive: true });
    const journalFile = path.join(folder, 'meta/_journal.json');
    const journal: Journal = JSON.parse(readFileSync(journalFile, 'utf8'));
    const entries = journal.entries.slice(0, journal.entries.findIndex(({ tag }) => tag === last) + 1);
    writeFileSync(journalFile, JSON.stringify({ ...journal, entries }));
    return folder;
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'vitrine-migrate-'));
    file = path.join(dataDir, 'vitrine.sqlite');
    await migrateSqlite({ file, folder: upTo('0008_legacy-rows') });
    sql(`insert into blobs (sha256, size, store, created_at) values ('${'ab'.repeat(32)}', 1, 'disk', 1)`);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('is tried, done and taken back', async () => {
    const before = readFileSync(file);
    const tried = await run('migrate', '--dry-run');
    expect(tried).toMatchObject({ code: 0 });
    expect(tried.stdout).toMatch(/Would apply: 0009_blob-health \(\d+ ms\)/);
    expect(tried.stdout).toMatch(/^ {2}blobs: keeps its 1 row; is written anew; gets verified_at, /m);
    expect(tried.stdout).toContain('changed: checks of blobs');
    expect(readFileSync(file).equals(before)).toBe(true);

    expect((await run('migrate')).stdout).toMatch(/Applied: 0009_blob-health/);
    const back = await run('migrate', '--back');
    expect(back).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Start the version from before 0009'),
    });
    expect(readdirSync(dataDir).filter((name) => name.includes('.set-aside-'))).toHaveLength(1);
  }, 120_000);

  it('is refused, also by a server, where a newer version made the database, which stays as it is', async () => {
    await migrateSqlite({ file });
    sql(
      "insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999); pragma wal_checkpoint(truncate)",
    );
    const before = readFileSync(file);
    const refused = await Promise.all([run('serve'), run('migrate', '--dry-run')]);
    for (const { code, stdout, stderr } of refused) {
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /^The database has 1 migration\(s\) that this version .* Nothing was changed\..*\n$/,
      );
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  }, 120_000);
});
