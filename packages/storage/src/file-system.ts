import * as promises from 'node:fs/promises';

/** What the storage code does with an open file; Node's FileHandle is one. */
export interface OpenFile {
  /** Behind what was written before, or at a position. */
  writev(buffers: readonly Uint8Array[], position?: number): Promise<{ bytesWritten: number }>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ bytesRead: number }>;
  stat(): Promise<{ size: number }>;
  truncate(length: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The file operations that storage depends on, with the error codes of the operating system. It exists so that a test can
 * put a full or a failing disk behind the real code; everything else uses `nodeFileSystem`.
 */
export interface FileSystem {
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  stat(path: string): Promise<{ size: number; mtimeMs: number }>;
  statfs(path: string): Promise<{ bavail: number; bsize: number }>;
  unlink(path: string): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) => promises.open(path, flags, mode),
  mkdir: (path, options) => promises.mkdir(path, options),
  readdir: (path) => promises.readdir(path),
  rename: (from, to) => promises.rename(from, to),
  link: (from, to) => promises.link(from, to),
  stat: (path) => promises.stat(path),
  statfs: (path) => promises.statfs(path),
  unlink: (path) => promises.unlink(path),
};
