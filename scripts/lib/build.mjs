import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { progress } from './progress.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { StopError } from './stop-error.mjs';

const stamp = path.join(root, 'node_modules', '.vitrine-built');
const server = path.join(root, 'apps', 'server', 'dist', 'cli.js');
const ignored = new Set(['node_modules', 'dist', 'test', '.turbo']);

/**
 * When anything below was last changed, in milliseconds. A folder's own time tells of files that were removed; but not where
 * the build itself puts something.
 * @param {string} folder
 * @returns {number}
 */
function newestBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const sources = entries.filter(({ name }) => !ignored.has(name));
  const own = sources.length === entries.length ? statSync(folder).mtimeMs : 0;
  const times = sources.map((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? newestBelow(file) : statSync(file).mtimeMs;
  });
  return Math.max(own, ...times);
}

function isBuilt() {
  if (!existsSync(stamp) || !existsSync(server)) return false;
  const files = ['pnpm-lock.yaml', 'tsconfig.base.json', 'package.json'].map((file) => path.join(root, file));
  const newest = Math.max(
    ...files.map((file) => statSync(file).mtimeMs),
    newestBelow(path.join(root, 'packages')),
    newestBelow(path.join(root, 'apps')),
  );
  return newest <= statSync(stamp).mtimeMs;
}

/** Builds every package and the dashboard, unless nothing was changed since. */
export async function build() {
  if (isBuilt()) return;
  progress('Building …');
  // Taken before the build: what is edited while it runs counts as changed.
  const started = new Date();
  const { code, output } = await run('pnpm', ['run', 'build'], { quiet: true, shell: true });
  if (code !== 0) throw new StopError(`${output.trim()}\n\nThe build failed (exit code ${code}).`, code);
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}
