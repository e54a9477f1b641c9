import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrationsFolder } from '../src/migration-files.ts';
import { startPostgres } from '../src/postgres-test-server.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

const run = promisify(execFile);
const script = path.join(import.meta.dirname, '../db-command.ts');

async function command(name: string, env: Record<string, string>, ...options: string[]): Promise<string> {
  const { stdout, stderr } = await run(
    process.execPath,
    ['--conditions=@vitrine/source', script, name, ...options],
    {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      timeout: 60_000,
    },
  );
  return stdout + stderr;
}

describe('the database commands', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vitrine-command-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('migrate a SQLite file, after which push finds nothing to change', async () => {
    const env = { VITRINE_DATA_DIR: folder };
    expect(await command('migrate', env, '--dry-run')).toContain('"pending":["0000_initial"');
    expect(await command('migrate', env)).toContain('"applied":["0000_initial"');
    expect(await command('push', env)).toContain('No changes detected');
  });

  it('find nothing to generate: the migrations in git are those of the tables', async () => {
    const files = async () => [
      await readdir(migrationsFolder('sqlite')),
      await readdir(migrationsFolder('postgres')),
    ];
    const before = await files();
    const output = await command('generate', {});
    expect(output.match(/No schema changes/g)).toHaveLength(2);
    expect(await files()).toEqual(before);
  });

  describeOnPostgres('on PostgreSQL', () => {
    it('migrate a PostgreSQL database, after which push finds nothing to change', async () => {
      await using server = await startPostgres();
      const env = { VITRINE_DATABASE_URL: server.url, VITRINE_DATA_DIR: folder };
      expect(await command('migrate', env)).toContain('"applied":["0000_initial"');
      expect(await command('push', env)).toContain('No changes detected');
    });
  });
});
