import { execFile } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const postgresBinaries = '/usr/lib/postgresql/15/bin';
/** Whether a real server can be started here; Debian's package `postgresql` brings it. */
export const hasPostgres = existsSync(path.join(postgresBinaries, 'initdb'));

export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** initdb and the server refuse to run as root; then they run as the user that Debian's package makes. */
async function asServer(program: string, ...options: string[]): Promise<void> {
  const file = path.join(postgresBinaries, program);
  if (process.getuid?.() === 0) await run('runuser', ['-u', 'postgres', '--', file, ...options]);
  else await run(file, options);
}

/** Starts an empty server of our own on a free port; it goes with its folder when disposed of. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-postgres-'));
  chmodSync(folder, 0o755);
  if (process.getuid?.() === 0) await run('chown', ['postgres:', folder]);
  const data = path.join(folder, 'data');
  const port = await freePort();
  await asServer('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8');
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  await asServer('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', settings, 'start');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      await asServer('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
