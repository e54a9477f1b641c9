import { execFile } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { AppError, type AuditMark, type BlobRow } from '@vitrine/core';
import { sha256Schema } from '@vitrine/schema';
import pg from 'pg';
import { nameDurably, ownerOnly } from '../migrate/durable-file.ts';
import { appliedInPostgres } from '../migrate/postgres-journal.ts';
import { copyQueries, type DatabaseCopy } from './database-copy.ts';
import { newestMigration } from './newest-migration.ts';

const run = promisify(execFile);

/** Runs a program of PostgreSQL's own. The password is not an argument: those are seen by everybody on the machine. */
async function tool(name: 'pg_dump' | 'pg_restore', url: string, args: readonly string[]): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const env = { ...(password && { PGPASSWORD: password }), PATH: '/usr/local/bin:/usr/bin:/bin' };
  try {
    await run(name, [...args, `--dbname=${address.href}`], { env, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new AppError(
        'unavailable',
        `${name} was not found. Install postgresql-client, of the server's version or newer.`,
      );
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new AppError('unavailable', `${name} failed: ${said}`, { cause: error });
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Sizes are 64 bits, which the driver answers as text. */
const sized = <T extends { sha256: string; size: string }>({ sha256, size, ...row }: T) => ({
  ...row,
  sha256: sha256Schema.parse(sha256),
  size: Number(size),
});

async function contents(client: pg.Client): Promise<DatabaseCopy> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables) {
    const counted = await client.query<{ count: string }>(
      `select count(*) from public.${client.escapeIdentifier(name)}`,
    );
    rows[name] = Number(counted.rows[0]?.count ?? 0);
  }
  const head = await client.query<{ seq: string; hash: string }>(copyQueries.auditHead);
  const auditHead: AuditMark | null = head.rows[0]
    ? { seq: Number(head.rows[0].seq), hash: head.rows[0].hash }
    : null;
  const blobs = await client.query<{ sha256: string; size: string; store: BlobRow['store'] }>(
    copyQueries.blobs,
  );
  const quarantined = await client.query<{ sha256: string; size: string }>(copyQueries.quarantined);
  return {
    rows,
    migration: newestMigration('postgres', await appliedInPostgres(client)),
    auditHead,
    blobs: blobs.rows.map(sized),
    quarantined: quarantined.rows.map(sized),
  };
}

/** Dumps the database as it is at one moment into a new file, durably, while others go on writing. Needs `pg_dump`. */
export function copyPostgresDatabase({
  url,
  to,
}: {
  readonly url: string;
  readonly to: string;
}): Promise<DatabaseCopy> {
  return connected(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    const part = `${to}.part`;
    closeSync(openSync(part, 'w', ownerOnly));
    await tool('pg_dump', url, [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--snapshot=${rows[0]?.id}`,
      `--file=${part}`,
    ]);
    const copy = await contents(client);
    await client.query('commit');
    nameDurably(part, to);
    return copy;
  });
}

/** Whether nothing was ever made in a database. */
export function isEmptyPostgres(url: string): Promise<boolean> {
  return connected(url, async (client) => {
    const { rows } = await client.query(
      "select 1 from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') limit 1",
    );
    return rows.length === 0;
  });
}

/** Fills an empty database from a dump, all of it or nothing, and reads what it holds then. Needs `pg_restore`. */
export async function restorePostgres({
  url,
  from,
}: {
  readonly url: string;
  readonly from: string;
}): Promise<DatabaseCopy> {
  await tool('pg_restore', url, [
    '--no-owner',
    '--no-privileges',
    '--exit-on-error',
    '--single-transaction',
    from,
  ]);
  return connected(url, contents);
}

/** Takes back what `restorePostgres` did in a database that was empty. */
export function emptyPostgres(url: string): Promise<void> {
  return connected(url, async (client) => {
    await client.query('drop schema if exists drizzle cascade');
    await client.query('drop schema if exists public cascade');
    await client.query('create schema public');
  });
}
