import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { invalidField } from '@vitrine/core';

/** The files that a command's arguments name: files as they are, folders with everything below them, hidden files left out. */
export async function filesBelow(names: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    const stats = await stat(name).catch(() => null);
    if (!stats) throw invalidField(['files'], `there is no file or folder ${name}`);
    if (!stats.isDirectory()) {
      files.push(name);
      continue;
    }
    const entries = await readdir(name, { withFileTypes: true });
    const visible = entries.filter(
      (entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()),
    );
    files.push(...(await filesBelow(visible.map((entry) => path.join(name, entry.name)).sort())));
  }
  return files;
}
