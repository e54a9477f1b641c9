import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Arguments: the private folder, the input's name in it, the input, the folders to hide, `--`, the command. In a mount namespace of
 * its own the input is bound into the folder read-only, everything else becomes read-only, and what the server keeps is not there at
 * all: one file in a private folder, whatever takes the program over. LibreOffice wants a place for its sockets that can be written to;
 * it gets an empty one of its own.
 */
const script = `
set -e
folder=$1 input=$2 source=$3
shift 3
: > "$folder/$input"
mount --bind "$source" "$folder/$input"
mount -o remount,bind,ro "$folder/$input"
mount --rbind "$folder" "$folder"
mount -o remount,bind,ro / 2>/dev/null || [ "$(id -u)" != 0 ] || true
while [ "$1" != "--" ]; do
  mount -t tmpfs -o size=4k,mode=0755,ro none "$1"
  shift
done
shift
case "$folder" in /var/tmp/*) sockets=/tmp ;; *) sockets=/var/tmp ;; esac
mount -t tmpfs -o size=64k,mode=1777 none "$sockets"
cd "$folder"
exec "$@"`;

const asRoot = ['unshare', '--net', '--mount', '--propagation', 'private', '--'];
const asUser = ['unshare', '--user', '--map-root-user', '--net', '--mount', '--propagation', 'private', '--'];
/** No right is left, whoever it runs as, and it does not outlive the server. */
const powerless = [
  'setpriv',
  '--pdeathsig',
  'KILL',
  '--no-new-privs',
  '--bounding-set=-all',
  '--inh-caps=-all',
  '--',
];
const dieWithParent = ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--'];

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

export interface ConfinedCommand {
  readonly folder: string;
  /** The input's name in the folder. */
  readonly inputName: string;
  /** Where the input lies. */
  readonly source: string;
  /** What the server keeps and no tool may see. */
  readonly hidden: readonly string[];
  readonly limits: ToolLimits;
  readonly command: string;
  readonly args: readonly string[];
}

/** How tools are confined here: `namespace` is everything, `limits` where the kernel forbids namespaces, `none` outside of Linux. */
export type ToolConfinement = 'namespace' | 'limits' | 'none';

/** A command with everything put before it that confines it. With `limits` or `none` the input has to be a copy in the folder already. */
export interface ToolConfiner {
  readonly kind: ToolConfinement;
  wrap(confined: ConfinedCommand): readonly [string, ...string[]];
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

function inNamespace(prefix: readonly string[]): ToolConfiner {
  return {
    kind: 'namespace',
    wrap(confined) {
      const { folder, inputName, source, hidden } = confined;
      const [first = 'unshare', ...rest] = prefix;
      return [
        first,
        ...rest,
        'sh',
        '-c',
        script,
        'sh',
        folder,
        inputName,
        source,
        ...hidden,
        '--',
        ...powerless,
        ...limited(confined),
      ];
    },
  };
}

const byLimits: ToolConfiner = {
  kind: 'limits',
  wrap: (confined) => [dieWithParent[0] ?? 'setpriv', ...dieWithParent.slice(1), ...limited(confined)],
};
const unconfined: ToolConfiner = { kind: 'none', wrap: ({ command, args }) => [command, ...args] };

/** The strictest way that works here; `probe` is a folder with a file `probe` in it, and another that is to be hidden. */
export async function toolConfiner(probe: {
  folder: string;
  source: string;
  hidden: string;
}): Promise<ToolConfiner> {
  if (process.platform !== 'linux') return unconfined;
  const limits = { wallMs: 5000, cpuSeconds: 5, memoryBytes: 512 * 1024 * 1024, fileBytes: 1024 };
  for (const confiner of [inNamespace(asRoot), inNamespace(asUser), byLimits]) {
    const [command, ...args] = confiner.wrap({
      ...probe,
      hidden: [probe.hidden],
      inputName: 'input',
      limits,
      command: 'true',
      args: [],
    });
    const works = await run(command, args, { timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (works) return confiner;
  }
  return unconfined;
}
