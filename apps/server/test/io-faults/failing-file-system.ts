import { type FileSystem, nodeFileSystem, type OpenFile } from '@vitrine/storage';

export type Fault = 'EIO' | 'ENOSPC' | 'short';

/** One call that was made to fail. */
interface Failed {
  readonly call: string;
  readonly path: string;
}

/** The real file system, of which one call fails, once. */
export interface FailingFileSystem extends FileSystem {
  /** From now on calls are counted; the one with this number (from 1), of those that can fail so, fails. */
  arm(fault: Fault, number: number): void;
  /** Whether bytes, or the name of a file, could not be put on the disk. */
  lost(): boolean;
  /** Ends that; answers the call that failed, or null when there were not so many. */
  disarm(): Failed | null;
  /** Files that were synced again after a sync of theirs had failed, without what it had lost being cut off first. */
  readonly syncedAgain: readonly string[];
}

/** A library has thousands of folders, all read by the same line. */
const mostFolders = 6;
const mayFillUp = new Set(['open', 'mkdir', 'rename', 'link', 'write', 'sync', 'truncate']);

function canFail(call: string, fault: Fault): boolean {
  switch (fault) {
    case 'EIO':
      return true;
    case 'ENOSPC':
      return mayFillUp.has(call);
    case 'short':
      return call === 'write';
    default:
      return fault satisfies never;
  }
}

export function createFailingFileSystem(): FailingFileSystem {
  let armed: { readonly fault: Fault; readonly number: number } | null = null;
  let count = 0;
  let folders = 0;
  let failed: Failed | null = null;
  const unsynced = new Set<string>();
  const syncedAgain: string[] = [];

  /** Whether this call is to fail. */
  function strikes(call: string, path: string): Fault | null {
    if (!armed || !canFail(call, armed.fault)) return null;
    count += 1;
    if (count !== armed.number) return null;
    failed = { call, path };
    return armed.fault;
  }

  function check(call: string, path: string): void {
    const fault = strikes(call, path);
    if (fault) throw Object.assign(new Error(`${fault}: made to fail, ${call} '${path}'`), { code: fault });
  }

  function watched(path: string, flags: string, file: OpenFile): OpenFile {
    return {
      async writev(buffers, position) {
        const fault = strikes('write', path);
        const [first] = buffers;
        if (fault === 'short' && first) {
          return file.writev([first.subarray(0, Math.ceil(first.byteLength / 2))], position);
        }
        if (fault) throw Object.assign(new Error(`${fault}: made to fail, write`), { code: fault });
        return file.writev(buffers, position);
      },
      async read(buffer, offset, length, position) {
        check('read', path);
        return file.read(buffer, offset, length, position);
      },
      async stat() {
        check('stat', path);
        return file.stat();
      },
      async truncate(length) {
        check('truncate', path);
        await file.truncate(length);
        unsynced.delete(path);
      },
      async sync() {
        // Of a directory another one may rightly be synced later: it is asked for new names.
        const isFile = flags !== 'r';
        if (isFile && unsynced.has(path)) syncedAgain.push(path);
        if (isFile) unsynced.add(path);
        check('sync', path);
        await file.sync();
        unsynced.delete(path);
      },
      async close() {
        await file.close();
        check('close', path);
      },
    };
  }

  return {
    ...nodeFileSystem,
    syncedAgain,
    arm(fault, number) {
      armed = { fault, number };
      count = 0;
      folders = 0;
      failed = null;
    },
    lost: () => armed?.fault !== 'short' && (failed?.call === 'sync' || failed?.call === 'write'),
    disarm() {
      armed = null;
      return failed;
    },
    async open(path, flags, mode) {
      check('open', path);
      if (flags === 'w') unsynced.delete(path);
      return watched(path, flags, await nodeFileSystem.open(path, flags, mode));
    },
    async mkdir(path, options) {
      check('mkdir', path);
      return nodeFileSystem.mkdir(path, options);
    },
    async readdir(path) {
      folders += 1;
      if (folders <= mostFolders) check('readdir', path);
      return nodeFileSystem.readdir(path);
    },
    async rename(from, to) {
      check('rename', to);
      await nodeFileSystem.rename(from, to);
    },
    async link(from, to) {
      check('link', to);
      await nodeFileSystem.link(from, to);
    },
    async stat(path) {
      check('stat', path);
      return nodeFileSystem.stat(path);
    },
    async statfs(path) {
      check('statfs', path);
      return nodeFileSystem.statfs(path);
    },
    async unlink(path) {
      check('unlink', path);
      await nodeFileSystem.unlink(path);
    },
  };
}
