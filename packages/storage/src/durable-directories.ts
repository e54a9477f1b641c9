import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Makes the names inside a directory (new, renamed, removed) survive a power cut. */
export async function syncDirectory(fs: FileSystem, directory: string): Promise<void> {
  // Windows cannot open a directory, and its file systems write names ahead by themselves.
  if (process.platform === 'win32') return;
  const handle = await fs.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Directories that are known to be on stable storage. */
export interface DurableDirectories {
  /** Creates `root/…parts` with mode 0700 where needed; resolves when every name on the way is durable. */
  ensure(...parts: readonly string[]): Promise<string>;
  /** Forgets what is known, after a directory turned out to be gone. */
  forget(): void;
}

/**
 * A directory that exists is not yet a directory that would survive: whoever made it may still be waiting for its fsync, or
 * may have crashed before it. So each one's parent is synced once per process, found or created, and everybody who needs
 * the directory waits for that same sync.
 */
export function createDurableDirectories(fs: FileSystem, root: string): DurableDirectories {
  const known = new Map<string, Promise<void>>();

  async function make(directory: string): Promise<void> {
    await fs.mkdir(directory, { recursive: true, mode: 0o700 });
    await syncDirectory(fs, dirname(directory));
  }

  function once(directory: string): Promise<void> {
    const found = known.get(directory);
    if (found) return found;
    const made = make(directory).catch((error: unknown) => {
      known.delete(directory);
      throw error;
    });
    known.set(directory, made);
    return made;
  }

  return {
    async ensure(...parts) {
      let directory = root;
      await once(directory);
      for (const part of parts) {
        directory = `${directory}/${part}`;
        await once(directory);
      }
      return directory;
    },
    forget: () => known.clear(),
  };
}
