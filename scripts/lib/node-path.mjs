import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { StopError } from './stop-error.mjs';

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 14);
}

/**
 * The Node that the product runs on: the one that was installed with the dependencies, or else the running one when it is
 * new enough. Call it after `ensureInstalled`.
 * @returns {string} The program's path.
 */
export function nodePath() {
  const packaged = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const own = path.join(
    root,
    'node_modules',
    packaged,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(own)) return own;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new StopError(
    `Vitrine needs Node 22.14 or newer; this is ${process.version}, and no newer one comes with the dependencies on ` +
      `${process.platform}-${process.arch}. Install Node 24 (https://nodejs.org) and run the command again.`,
  );
}
