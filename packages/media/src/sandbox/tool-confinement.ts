import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { inputMounts, prepareToolRoot } from './tool-root.ts';

const run = promisify(execFile);

/** What the launcher exits with when it cannot build the place for a program; no program of ours does. */
export const unprepared = 125;

/**
 * Arguments: the table of mounts, the new root, then the command. In namespaces of its own a program sees the
 * system's programs, one private folder and one original, no other process and no network, whatever takes it over; and with the
 * first process everything that it started ends, wherever it hid.
 */
const enter = `
mount -n -a -T "$1" || exit ${unprepared}
root=$2
shift 2
exec chroot "$root" "$@"`;

const ownNamespaces = [
  '--net',
  '--mount',
  '--propagation',
  'private',
  '--pid',
  '--fork',
  '--kill-child',
  '--ipc',
  '--',
];
/** It does not outlive the server. */
const dieWithParent = ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--'] as const;
/** No right is left, whoever it runs as. */
const powerless = ['setpriv', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--'];

export interface ToolLimits {
  /** Milliseconds on the clock. */
  readonly wallMs: number;
  /** Seconds of the processor. */
  readonly cpuSeconds: number;
  /** Bytes of private memory. */
  readonly memoryBytes: number;
  /** Bytes of each file that is written. */
  readonly fileBytes: number;
}

interface ConfinedCommand {
  readonly folder: string;
  readonly limits: ToolLimits;
  readonly command: string;
  readonly args: readonly string[];
}

interface ConfinedInput {
  readonly folder: string;
  /** Where in the folder a program finds the input. */
  readonly input: string;
  /** Where the input lies. */
  readonly source: string;
  /** A file for the launcher, outside of the folder. */
  readonly table: string;
}

/** How tools are confined here: `namespace` is everything, `limits` where the kernel forbids namespaces, `none` outside of Linux. */
export type ToolConfinement = 'namespace' | 'limits' | 'none';

type Wrap = (confined: ConfinedCommand) => readonly [string, ...string[]];

/** How a program is started so that it is confined. */
export interface ToolConfiner {
  readonly kind: ToolConfinement;
  /** Makes a private folder ready; what it returns puts everything before a command that confines it to the folder. */
  prepare(input: ConfinedInput): Promise<Wrap>;
}

export interface ConfinementRequest {
  /** An empty folder that stays as long as programs are run. */
  readonly base: string;
  readonly scratch: string;
  readonly hidden: readonly string[];
  readonly searchPath: string;
}

function limited({ limits, command, args }: ConfinedCommand): readonly [string, ...string[]] {
  return [
    'nice',
    '-n',
    '10',
    'prlimit',
    `--data=${limits.memoryBytes}`,
    `--cpu=${limits.cpuSeconds}`,
    `--fsize=${limits.fileBytes}`,
    '--core=0',
    '--nofile=256',
    '--',
    command,
    ...args,
  ];
}

/** As the first process of its namespace a program would ignore signals and leave the dead unburied: a shell is that one. */
const firstProcess = ['sh', '-c', 'cd "$1" && shift && "$@"; exit $?', 'sh'];

interface NamespaceOptions {
  /** Whoever is not root is root in a namespace of users of their own. */
  readonly asUser: boolean;
  readonly proc: boolean;
}

async function inNamespaces(
  { base, scratch, hidden }: ConfinementRequest,
  { asUser, proc }: NamespaceOptions,
): Promise<ToolConfiner> {
  const root = path.join(base, `root-${asUser ? 'user' : 'root'}${proc ? '' : '-bare'}`);
  await mkdir(root);
  const table = await prepareToolRoot({ root, scratch, hidden, proc });
  const [first, ...launcher] = [
    ...dieWithParent,
    'unshare',
    ...(asUser ? ['--user', '--map-root-user'] : []),
    ...ownNamespaces,
  ] as const;
  return {
    kind: 'namespace',
    async prepare({ folder, input, source, table: file }) {
      await writeFile(input, '');
      await writeFile(file, table + inputMounts({ root, folder, source, input }));
      return (confined) => [
        first,
        ...launcher,
        ...['sh', '-c', enter, 'sh', file, root],
        ...powerless,
        ...firstProcess,
        folder,
        ...limited(confined),
      ];
    },
  };
}

/** A copy, so that the original is safe from what a program does to its input. */
async function copyInput({ source, input }: ConfinedInput): Promise<void> {
  await copyFile(source, input, constants.COPYFILE_FICLONE);
}

const byLimits: ToolConfiner = {
  kind: 'limits',
  async prepare(input) {
    await copyInput(input);
    const [first, ...rest] = dieWithParent;
    return (confined) => [first, ...rest, ...limited(confined)];
  },
};
const unconfined: ToolConfiner = {
  kind: 'none',
  async prepare(input) {
    await copyInput(input);
    return ({ command, args }) => [command, ...args];
  },
};

const probeLimits = { wallMs: 5000, cpuSeconds: 5, memoryBytes: 512 * 1024 * 1024, fileBytes: 1024 } as const;

async function works(confiner: ToolConfiner, { base, searchPath }: ConfinementRequest): Promise<boolean> {
  const probe = await mkdtemp(path.join(base, 'probe-'));
  const [folder, source] = [path.join(probe, 'work'), path.join(probe, 'source')];
  await mkdir(folder);
  await writeFile(source, 'x');
  const input = path.join(folder, 'input');
  const wrap = await confiner.prepare({ folder, source, input, table: path.join(probe, 'mounts') });
  // The input is there, and the folder can be written to.
  const args = ['-c', 'test -s input && echo > output'];
  const [command, ...rest] = wrap({ folder, limits: probeLimits, command: 'sh', args });
  return run(command, rest, { timeout: probeLimits.wallMs, cwd: folder, env: { PATH: searchPath } }).then(
    () => true,
    () => false,
  );
}

/** The strictest way that works here; containers and other systems often forbid one or the other. */
export async function toolConfiner(request: ConfinementRequest): Promise<ToolConfiner> {
  if (process.platform !== 'linux') return unconfined;
  for (const proc of [true, false]) {
    for (const asUser of [false, true]) {
      const confiner = await inNamespaces(request, { asUser, proc });
      if (await works(confiner, request)) return confiner;
    }
  }
  return (await works(byLimits, request)) ? byLimits : unconfined;
}
