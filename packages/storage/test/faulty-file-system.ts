import { type FileSystem, nodeFileSystem, type OpenFile } from '../src/file-system.ts';

export interface Faults {
  /** Writing a file fails once this many bytes are written. */
  write?: { readonly code: string; readonly afterBytes: number };
  /** fsync of a file fails. */
  sync?: string;
  /** fsync of a directory fails. */
  syncDirectory?: string;
  rename?: string;
  unlink?: string;
  /** Bytes that statfs says are free. */
  free?: number;
  /** Every write takes at most this many bytes. */
  shortWrites?: number;
}

export interface FaultyFileSystem extends FileSystem {
  /** May be changed at any time. */
  readonly faults: Faults;
  /** The calls that matter for durability, in their order: `sync <path>`, `rename <path>`, … */
  readonly calls: string[];
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

/** The real file system, with a disk that fails on demand. */
export function createFaultyFileSystem(faults: Faults = {}): FaultyFileSystem {
  const calls: string[] = [];

  function wrap(path: string, flags: string, file: OpenFile): OpenFile {
    let written = 0;
    return {
      async writev(buffers, position) {
        if (faults.write && written >= faults.write.afterBytes) throw failure(faults.write.code);
        const first = buffers[0];
        const { bytesWritten } =
          faults.shortWrites !== undefined && first
            ? await file.writev([first.subarray(0, faults.shortWrites)], position)
            : await file.writev(buffers, position);
        written += bytesWritten;
        return { bytesWritten };
      },
      read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
      stat: () => file.stat(),
      truncate: (length) => file.truncate(length),
      async sync() {
        calls.push(`sync ${path}`);
        // Storage opens directories, and nothing else that it syncs, for reading.
        const code = flags === 'r' ? faults.syncDirectory : faults.sync;
        if (code) throw failure(code);
        await file.sync();
      },
      close: () => file.close(),
    };
  }

  return {
    ...nodeFileSystem,
    faults,
    calls,
    async open(path, flags, mode) {
      return wrap(path, flags, await nodeFileSystem.open(path, flags, mode));
    },
    async rename(from, to) {
      if (faults.rename) {
        const code = faults.rename;
        // EXDEV is about this pair of paths; the copy's own rename afterwards works.
        if (code === 'EXDEV') delete faults.rename;
        throw failure(code);
      }
      calls.push(`rename ${to}`);
      await nodeFileSystem.rename(from, to);
    },
    async unlink(path) {
      if (faults.unlink) throw failure(faults.unlink);
      await nodeFileSystem.unlink(path);
    },
    async statfs(path) {
      return faults.free === undefined ? nodeFileSystem.statfs(path) : { bavail: faults.free, bsize: 1 };
    },
  };
}
