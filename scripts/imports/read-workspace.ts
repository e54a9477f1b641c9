import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from './check-modules.ts';

const posix = (file: string) => file.split(path.sep).join('/');

function exportsOf(manifest: { exports?: Record<string, unknown> }): string[] {
  return Object.keys(manifest.exports ?? {});
}

/** Reads every TypeScript module of the repository and what each workspace package exports. */
export function readWorkspace(root: string): Workspace {
  const files = globSync('{packages,apps,scripts,bench,harnesses}/**/*.{ts,tsx,mts}', {
    cwd: root,
    exclude: (name) => /(^|[\\/])(node_modules|dist|\.turbo)$/.test(name),
  });
  const manifests = globSync('{packages,apps}/*/package.json', { cwd: root });
  return {
    modules: new Map(
      files
        .map(posix)
        .sort()
        .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
    ),
    exports: new Map(
      manifests.map((file) => {
        const manifest = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
        return [String(manifest.name), exportsOf(manifest)];
      }),
    ),
  };
}
