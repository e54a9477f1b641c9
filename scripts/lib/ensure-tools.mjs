import { existsSync } from 'node:fs';
import { progress } from './progress.mjs';
import { run } from './run.mjs';
import { StopError } from './stop-error.mjs';
import { tools } from './tools.mjs';

/** @typedef {import('./tools.mjs').ToolName} ToolName */

/** @param {readonly ToolName[]} names */
function missingOf(names) {
  return names.filter((name) => !tools[name].isThere());
}

/** @param {readonly ToolName[]} names */
function howToInstall(names) {
  const debian = `apt-get install --no-install-recommends ${names.flatMap((name) => tools[name].debian).join(' ')}`;
  const brewed = names.flatMap((name) => {
    const tool = tools[name];
    return 'homebrew' in tool ? [tool.homebrew] : [];
  });
  const homebrew = brewed.length > 0 ? `\n  macOS:           brew install ${brewed.join(' ')}` : '';
  return `Missing: ${names.join(', ')}. Install and run the command again.\n  Debian, Ubuntu:  ${debian}${homebrew}`;
}

/** @param {readonly string[]} args */
async function aptGet(args) {
  return run('apt-get', ['-q', '-y', ...args], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

/**
 * Makes sure that programs are there: installs them when run as root on Debian or a relative, and otherwise stops and says
 * what to install.
 * @param {readonly ToolName[]} names
 */
export async function ensureTools(names) {
  const missing = missingOf(names);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new StopError(howToInstall(missing));

  const packages = missing.flatMap((name) => tools[name].debian);
  progress(`Installing ${packages.join(', ')} …`);
  const update = await aptGet(['update']);
  const install = await aptGet(['install', '--no-install-recommends', ...packages]);
  const left = missingOf(missing);
  if (left.length === 0) return;
  const end = `${update.code === 0 ? '' : update.output}${install.output}`.trim().split('\n').slice(-15);
  throw new StopError(`${end.join('\n')}\n\n${howToInstall(left)}`);
}
