import { existsSync } from 'node:fs';
import path from 'node:path';
import { nodePath } from './node-path.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

/**
 * Runs the built program with the settings of `.env`, where there is one; the environment goes before it.
 * @param {readonly string[]} args
 * @returns {Promise<number>} The exit code.
 */
export async function runVitrine(args) {
  const settings = existsSync(path.join(root, '.env')) ? ['--env-file=.env'] : [];
  const { code } = await run(nodePath(), [...settings, 'apps/server/dist/cli.js', ...args]);
  return code;
}
