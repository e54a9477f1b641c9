import path from 'node:path';
import { root } from './root.mjs';

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
  return { ...env, [name]: [bin, env[name]].filter(Boolean).join(path.delimiter) };
}
