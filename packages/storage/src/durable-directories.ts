import { dirname, join } from 'node:path';
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

/** The directories below `root`, and which of them are known to be on stable storage. */
export interface DurableDirectories {
  /** Creates `root/…parts`, and what is missing on the way, with mode 0700. */
  make(...parts: readonly string[]): Promise<string>;
  /** Resolves when the names of `root/…parts`, which has been made, and of everything on the way would survive a power cut. */
  settle(...parts: readonly string[]): Promise<void>;
  /** Forgets what is known, after a directory turned out to be gone. */
  forget(): void;
}

/**
 * A directory that exists is not yet a directory that would survive: whoever made it may still be waiting for its fsync, or
 * may have crashed before it. So each one's parent is synced once per process, found or created, and everybody who needs
 * the directory waits for that same sync.
 */
export function createDurableDirectories(fs: FileSystem, root: string): DurableDirectories {
  const made = new Set<string>();
  const durable = new Map<string, Promise<void>>();

  function settleOne(directory: string): Promise<void> {
    const found = durable.get(directory);
    if (found) return found;
    const syncing = syncDirectory(fs, dirname(directory)).catch((error: unknown) => {
      durable.delete(directory);
      throw error;
    });
    durable.set(directory, syncing);
    return syncing;
  }

  return {
    async make(...parts) {
      const directory = join(root, ...parts);
      if (made.has(directory)) return directory;
      await fs.mkdir(directory, { recursive: true, mode: 0o700 });
      made.add(directory);
      return directory;
    },
    async settle(...parts) {
      // All at once: a journalling file system writes them in one commit.
      await Promise.all(
        [root, ...parts.map((_, index) => join(root, ...parts.slice(0, index + 1)))].map(settleOne),
      );
    },
    forget() {
      made.clear();
      durable.clear();
    },
  };
}
