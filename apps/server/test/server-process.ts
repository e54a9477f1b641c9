import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const nodeArguments = ['--conditions=@vitrine/source'];
const run = promisify(execFile);

export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

export interface ServerProcessOptions {
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** More of Node's own options, e.g. `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

function environment({ dataDir, settings }: ServerProcessOptions): NodeJS.ProcessEnv {
  return { ...process.env, VITRINE_PORT: '0', VITRINE_DATA_DIR: dataDir, ...settings };
}

/**
 * The server as it is started by hand, in a process of its own, on a free port; its log goes to `server.log` in the data
 * folder. Fails with the end of that log when it does not come up.
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const logFile = path.join(options.dataDir, 'server.log');
  const log = await open(logFile, 'a');
  const child = spawn(
    process.execPath,
    [...nodeArguments, ...(options.nodeOptions ?? []), cli, 'serve', '--json'],
    { env: environment(options), stdio: ['ignore', 'pipe', log.fd] },
  );
  await log.close();
  const { pid, stdout } = child;
  if (pid === undefined || !stdout) throw new Error(`${process.execPath} could not be started.`);
  const ended = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface(stdout), 'line'),
    ended.then(async ([code]) => {
      throw new Error(`The server ended with ${code}:\n${(await readFile(logFile, 'utf8')).slice(-2000)}`);
    }),
  ]);
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(line));
  return {
    url,
    pid,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Makes an owner and an API key of theirs in a data folder, with the command line. */
export async function createOwner(dataDir: string): Promise<{ readonly id: string; readonly key: string }> {
  const env = environment({ dataDir, settings: { VITRINE_LOG: 'warn' } });
  const email = 'owner@vitrine.example';
  const command = (args: readonly string[]) =>
    run(process.execPath, [...nodeArguments, cli, ...args, '--json'], { env });
  const making = command(['user', 'create', '--email', email, '--role', 'owner', '--password-stdin']);
  making.child.stdin?.end('correct horse battery');
  const { id } = z.object({ id: z.string() }).parse(JSON.parse((await making).stdout));
  const { stdout } = await command(['key', 'create', '--user', email]);
  return { id, key: z.object({ key: z.string() }).parse(JSON.parse(stdout)).key };
}
