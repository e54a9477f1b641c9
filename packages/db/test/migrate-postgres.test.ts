import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratePostgres } from '../src/index.ts';
import { migrationsFolder, readMigrations } from '../src/migration-files.ts';
import { type PostgresServer, startPostgres } from '../src/postgres-test-server.ts';
import { migrationFolder } from './support/migration-folder.ts';
import { describeOnPostgres } from './support/postgres-or-say-so.ts';

const run = promisify(execFile);
const all = readMigrations(migrationsFolder('postgres')).map(({ name }) => name);

describeOnPostgres('migratePostgres', () => {
  describe('migratePostgres', () => {
    let server: PostgresServer;
    let folder: string;

    beforeAll(async () => {
      server = await startPostgres();
      folder = await mkdtemp(path.join(tmpdir(), 'vitrine-migrate-'));
    });
    afterAll(async () => {
      await server?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    async function count(table: string): Promise<number> {
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      try {
        const { rows } = await client.query(`select count(*) as n from ${table}`);
        return Number(rows[0]?.n);
      } finally {
        await client.end();
      }
    }

    it('applies each migration once when three processes start at the same moment', async () => {
      const script = path.join(import.meta.dirname, 'support/migrate-once.ts');
      const real = migrationFolder(folder, 'postgres');
      const starts = await Promise.all(
        [1, 2, 3].map(() =>
          run(process.execPath, ['--conditions=@vitrine/source', script, 'postgres', server.url, real]),
        ),
      );
      const applied = starts.map(({ stdout }) => JSON.parse(stdout));
      expect(applied.filter((names) => names.length > 0)).toEqual([all]);
      expect(await count('drizzle.__drizzle_migrations')).toBe(all.length);
    });

    it('changes nothing when a statement fails half-way, and names the migration', async () => {
      const broken = migrationFolder(folder, 'postgres', {
        '9000_fine': 'CREATE TABLE extra (id text)',
        '9001_broken': 'NONSENSE',
      });
      await expect(migratePostgres({ database: server.url, folder: broken })).rejects.toThrow(
        /9001_broken failed/,
      );
      await expect(count('extra')).rejects.toThrow(/does not exist/);
    });

    it('refuses a database that a newer version made', async () => {
      const next = migrationFolder(folder, 'postgres', { '9000_next': 'CREATE TABLE extra (id text)' });
      expect((await migratePostgres({ database: server.url, folder: next })).applied).toEqual(['9000_next']);
      await expect(migratePostgres({ database: server.url })).rejects.toThrow(/does not know/);
    });
  });
});
