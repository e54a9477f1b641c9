import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './run-command.ts';

/** A folder that lies in memory, of its own: what is written to it costs no disk. */
export interface MemoryFolder extends AsyncDisposable {
  readonly path: string;
}

export async function memoryFolder(megabytes: number): Promise<MemoryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-power-'));
  await runCommand('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder);
  return {
    path: folder,
    async [Symbol.asyncDispose]() {
      await runCommand('umount', '--lazy', folder);
      await rmdir(folder);
    },
  };
}
