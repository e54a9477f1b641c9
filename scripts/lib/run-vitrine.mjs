import { nodePath } from './node-path.mjs';
import { run } from './run.mjs';

/**
 * Runs the built program with the settings of `.env`, where there is one; the environment goes before it.
 * @param {readonly string[]} args
 * @returns {Promise<number>} The exit code.
 */
export async function runVitrine(args) {
  const { code } = await run(nodePath(), ['--env-file-if-exists=.env', 'apps/server/dist/cli.js', ...args]);
  return code;
}
