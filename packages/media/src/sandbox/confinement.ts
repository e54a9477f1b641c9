import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** 3 GiB of private memory: a 268-megapixel picture decodes in it. Nothing may be written, no core is dumped. */
const limits = ['prlimit', '--data=3221225472', '--fsize=0', '--core=0', '--nofile=256', '--'];
/** A process that hangs in one file must not outlive the server. */
const dieWithParent = ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--'];
const noNetwork = ['unshare', '--net', '--'];
const noNetworkAsUser = ['unshare', '--user', '--map-current-user', '--net', '--'];

/** From the strictest on; containers and other systems often forbid one or the other. */
const candidates: readonly (readonly string[])[] = [
  [...noNetwork, ...dieWithParent, ...limits],
  [...noNetworkAsUser, ...dieWithParent, ...limits],
  [...dieWithParent, ...limits],
  limits,
];

/** The commands to put before a sandbox process's own: the strictest ones that work here, none outside of Linux. */
export async function confiningPrefix(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  for (const prefix of candidates) {
    const [command = '', ...rest] = prefix;
    const works = await run(command, [...rest, process.execPath, '--version'], {
      timeout: 5000,
      env: {},
    }).then(
      () => true,
      () => false,
    );
    if (works) return prefix;
  }
  return [];
}
