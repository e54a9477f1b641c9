import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { invalidField } from '@vitrine/core';

export interface FoundFile {
  readonly file: string;
  /** Where it lay, from the folder that was named on, with `/` between; null for a file that was named itself. */
  readonly folder: string | null;
}

async function filesIn(directory: string, folder: string): Promise<FoundFile[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const visible = entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const found = await Promise.all(
    visible.map((entry) => {
      const file = path.join(directory, entry.name);
      return entry.isDirectory() ? filesIn(file, `${folder}/${entry.name}`) : [{ file, folder }];
    }),
  );
  return found.flat();
}

/** The files that a command's arguments name: files as they are, folders with everything below them, hidden files left out. */
export async function filesBelow(names: readonly string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (const name of names) {
    const stats = await stat(name).catch(() => null);
    if (!stats) throw invalidField(['files'], `there is no file or folder ${name}`);
    if (stats.isDirectory()) files.push(...(await filesIn(name, path.basename(path.resolve(name)))));
    else files.push({ file: name, folder: null });
  }
  return files;
}
