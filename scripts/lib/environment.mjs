import path from 'node:path';
import { root } from './root.mjs';

/** What apt-get and the tests' database server need; some roots (and most users) have it not on their PATH. */
const system = process.platform === 'win32' ? [] : ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * The environment of everything that is started: the project's own tools (and its Node) come first on the PATH.
 * @returns {NodeJS.ProcessEnv}
 */
export function environment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  // Windows spells it "Path", and a second spelling beside it would be ignored.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const bin = path.join(root, 'node_modules', '.bin');
  const given = (env[name] ?? '').split(path.delimiter).filter(Boolean);
  const added = system.filter((folder) => !given.includes(folder));
  return { ...env, [name]: [bin, ...given, ...added].join(path.delimiter) };
}
