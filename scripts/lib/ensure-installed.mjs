import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pnpmVersion } from './pnpm-version.mjs';
import { progress } from './progress.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { StopError } from './stop-error.mjs';

/** What was installed last, beside what was installed: removing node_modules forgets it too. */
const stamp = path.join(root, 'node_modules', '.vitrine-installed');

function wanted() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(readFileSync(path.join(root, file)));
  }
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** Installs the dependencies, unless they already are what the lockfile says. Needs nothing but Node and npm. */
export async function ensureInstalled() {
  const want = wanted();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  progress('Installing dependencies …');
  const version = pnpmVersion();
  const { code, output } = await run(
    'npx',
    ['-y', `pnpm@${version}`, 'install', '--frozen-lockfile', '--reporter=append-only'],
    { quiet: true, shell: true, env: { CI: 'true', npm_config_loglevel: 'error' } },
  ).catch((error) => ({ code: 1, output: `npx could not be started: ${error.message}` }));
  if (code !== 0) {
    const end = output.trim().split('\n').slice(-25).join('\n');
    throw new StopError(
      `${end}\n\nThe dependencies could not be installed (exit code ${code}). If the network was away, run the same command again;\n` +
        `by hand: npx -y pnpm@${version} install --frozen-lockfile`,
    );
  }
  writeFileSync(stamp, want);
}
