import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateSqlite, sqliteDrift } from '../../src/index.ts';
import { migrationsFolder, readMigrations } from '../../src/migration-files.ts';
import { migrationFolderUpTo } from '../support/migration-folder.ts';

const script = path.join(import.meta.dirname, '../support/migrate-until-killed.ts');
const all = readMigrations(migrationsFolder('sqlite')).map(({ name }) => name);
const from = '0001_audit-append-only';
const rows = 4000;
const kills = 10;

describe('a migration that is killed', () => {
  let folder: string;
  let old: string;
  let tookMs: number;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-kill-'));
    old = path.join(folder, 'old.sqlite');
    await migrateSqlite({ file: old, folder: migrationFolderUpTo(folder, 'sqlite', from) });
    const connection = new Sqlite(old);
    connection.exec(`
      insert into users (id, name, email, email_verified, role, created_at, updated_at)
        values ('u', 'U', 'u@example.com', 1, 'owner', 1, 1);
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
      insert into blobs (sha256, size, store, created_at) select printf('%064x', i), i, 'disk', i from n;
      insert into asset_versions (asset_id, number, type, format, mime_type, size, sha256, created_by, created_at, ai_use)
        select 'a' || size, 1, 'document', 'pdf', 'application/pdf', size, sha256, 'u', 1, 'unknown' from blobs;`);
    connection.pragma('wal_checkpoint(truncate)');
    connection.close();
    tookMs = (await run(fresh('whole'))).tookMs;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function fresh(name: string): string {
    const file = path.join(folder, name);
    copyFileSync(old, file);
    return file;
  }

  /** Runs it in a process of its own, and kills that so long after it began. */
  async function run(file: string, killAfterMs?: number): Promise<{ killed: boolean; tookMs: number }> {
    const child = spawn(
      process.execPath,
      ['--conditions=@vitrine/source', script, file, migrationsFolder('sqlite')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'exit');
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await once(child.stdout, 'data');
    if (killAfterMs !== undefined) {
      await Promise.race([wait(killAfterMs), ended]);
      child.kill('SIGKILL');
    }
    const [, signal] = await ended;
    return { killed: signal === 'SIGKILL', tookMs: Number(/took (.*)/.exec(said)?.[1] ?? 0) };
  }

  function look(file: string): { applied: number; intact: unknown; blobs: number; versions: number } {
    const connection = new Sqlite(file);
    const one = (sql: string) => connection.prepare<[], number>(sql).pluck().get() ?? 0;
    try {
      return {
        applied: one('select count(*) from __drizzle_migrations'),
        intact: connection.pragma('integrity_check', { simple: true }),
        blobs: one('select count(*) from blobs'),
        versions: one('select count(*) from asset_versions'),
      };
    } finally {
      connection.close();
    }
  }

  it(`leaves the old schema or the new one with all rows, ${kills} times, and the next start finishes it`, async () => {
    const moments = fc
      .sample(fc.noBias(fc.integer({ min: 0, max: 1100 })), { numRuns: kills, seed: 7 })
      .map((perMille) => perMille / 1000);
    const found: number[] = [];
    for (const [at, moment] of moments.entries()) {
      const file = fresh(`killed-${at}.sqlite`);
      await run(file, moment * tookMs);
      const after = look(file);
      found.push(after.applied);
      expect(after).toEqual({
        applied: expect.toBeOneOf([2, all.length]),
        intact: 'ok',
        blobs: rows,
        versions: rows,
      });
      expect(sqliteDrift({ file })).toEqual([]);
      await migrateSqlite({ file });
      expect(look(file)).toEqual({ applied: all.length, intact: 'ok', blobs: rows, versions: rows });
      const beside = readdirSync(folder).filter((name) => name.startsWith(`killed-${at}.sqlite.`));
      expect(beside.filter((name) => !name.includes('.before-'))).toEqual([]);
      expect(beside.length).toBeLessThanOrEqual(2);
      for (const name of beside) rmSync(path.join(folder, name));
    }
    process.stdout.write(
      `killed at ${moments.map((moment) => (moment * tookMs).toFixed(0))} ms of ${tookMs.toFixed(0)}: migrations applied ${found}\n`,
    );
  }, 120_000);
});
