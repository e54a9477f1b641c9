import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { StopError } from './stop-error.mjs';

/** The one pnpm that the project is installed with, as pinned in the workspace's catalog. */
export function pnpmVersion() {
  const workspace = readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8');
  const version = /^ {2}pnpm: *([\d.]+)\s*$/m.exec(workspace)?.[1];
  if (!version) throw new StopError('pnpm-workspace.yaml does not pin pnpm in its catalog.');
  return version;
}
