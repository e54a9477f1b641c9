import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packageFolder = resolve(import.meta.dirname, '../..');
const root = resolve(packageFolder, '../..');
const require = createRequire(import.meta.url);
const manifestOf = (name: string): { version: string } => require(`${name}/package.json`);

async function tool(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await run(command, args, { cwd, maxBuffer: 32 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = Object(error);
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout ?? ''}${stderr ?? error}`);
  }
}

export interface Project {
  readonly folder: string;
  /** Where the installed package lies. */
  readonly installed: string;
  /** Compiles the project with a tsconfig; the compiler's complaints, by file. Empty when there are none. */
  compile(tsconfig: string): Promise<Map<string, string>>;
  node(args: readonly string[]): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Builds and packs the client and installs it, as anybody would, into a new project outside the workspace. */
export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-consumer-'));
  const bin = (name: string) => join(root, 'node_modules/.bin', name);
  await tool(bin('pnpm'), ['run', 'build'], packageFolder);
  await tool(bin('pnpm'), ['pack', '--pack-destination', folder], packageFolder);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('pnpm pack wrote no tarball.');
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const nodeTypes = `@types/node@${manifestOf('@types/node').version}`;
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  await tool('npm', ['install', ...quiet, `./${tarball}`, nodeTypes], folder);

  return {
    folder,
    installed: join(folder, 'node_modules/@vitrine/client'),
    async compile(tsconfig) {
      const output = await run(bin('tsc'), ['-p', tsconfig, '--pretty', 'false'], { cwd: folder }).then(
        () => '',
        (error: unknown) => String(Object(error).stdout),
      );
      const complaints = new Map<string, string>();
      let file = '';
      for (const line of output.split('\n').filter(Boolean)) {
        file = /^(\S[^(]*)\(\d+,\d+\): error/.exec(line)?.[1] ?? file;
        complaints.set(file, `${complaints.get(file) ?? ''}${line}\n`);
      }
      return complaints;
    },
    node: (args) => tool(process.execPath, args, folder),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
