import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of all files in a folder and its folders; what vanishes meanwhile counts for nothing. */
export async function folderSize(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      lstat(path.join(folder, name)).then(
        // A file with holes takes less than it says.
        ({ blocks }) => blocks * 512,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
